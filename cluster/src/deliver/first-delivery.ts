import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { leavesIn, parseRelease, type Release, releaseFile, withRelease } from "@mall/delivery";
import type { Backend } from "../backend.ts";
import { checkOut, commitFiles, commitWorkTree, readServed, served } from "../git/repository.ts";
import { buildMallImages, mallImageName } from "../images/mall-images.ts";
import { kubectl } from "../kubectl.ts";
import { say, step } from "../machine/progress.ts";
import { repository } from "../paths.ts";

/** One for each folder of overlays/local, but for the load tests, which are run by hand. */
export function applicationCount(): number {
  const folders = readdirSync(join(repository, "overlays/local"), { withFileTypes: true });
  return folders.filter((entry) => entry.isDirectory() && entry.name !== "loadtest").length;
}

/** Serves the work tree, builds what it holds, and says in Git that this is what runs: the rest is Argo CD's. */
export async function deliverWorkTree(backend: Backend): Promise<void> {
  const running = await recordedReleases();
  const commit = await commitWorkTree("The work tree");
  const source = await checkOut(commit);
  const digests = await step("images of the mall", () =>
    buildMallImages(backend, source, commit, (service) => say(`built ${service}`)),
  );
  const changes = leavesIn(repository, "local").map(async (leaf) => {
    const digest = digests.get(leaf.service);
    if (!digest) throw new Error(`overlays/local/${leaf.service} is no image of the mall.`);
    const path = releaseFile(leaf);
    const before = running.get(leaf.service);
    // The same image under another commit is no new version.
    const release =
      before?.digest === digest ? before : { image: mallImageName(leaf.service), commit, digest };
    return { path, text: withRelease(await readServed(path, commit), release, path) };
  });
  const message = `local: ${changes.length} services ${commit.slice(0, 12)}`;
  await commitFiles(await Promise.all(changes), message, commit);
  await kubectl(["apply", "--server-side", "--force-conflicts", "--kustomize", `${repository}/apps/local`]);
}

/** What was delivered before, by service; nothing the first time. */
async function recordedReleases(): Promise<Map<string, Release>> {
  const releases = new Map<string, Release>();
  if (!existsSync(served)) return releases;
  for (const leaf of leavesIn(repository, "local")) {
    const path = releaseFile(leaf);
    const text = await readServed(path).catch(() => undefined); // a service that is new
    if (text !== undefined) releases.set(leaf.service, parseRelease(text, path));
  }
  return releases;
}
