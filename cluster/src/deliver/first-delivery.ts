import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { leavesIn, parseRelease, type Release, releaseFile, withRelease } from "@mall/delivery";
import { parseDocument } from "yaml";
import type { Backend } from "../backend.ts";
import {
  checkOut,
  commitFiles,
  commitWorkTree,
  type FileChange,
  readServed,
  served,
} from "../git/repository.ts";
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
  const digestOf = (service: string): string => {
    const digest = digests.get(service);
    if (!digest) throw new Error(`overlays/local/${service} is no image of the mall.`);
    return digest;
  };
  const changes = leavesIn(repository, "local").map(async (leaf) => {
    const digest = digestOf(leaf.service);
    const path = releaseFile(leaf);
    const before = running.get(leaf.service);
    // The same image under another commit is no new version.
    const release =
      before?.digest === digest ? before : { image: mallImageName(leaf.service), commit, digest };
    return { path, text: withRelease(await readServed(path, commit), release, path) };
  });
  const message = `local: ${changes.length} services ${commit.slice(0, 12)}`;
  const observatory = observatoryImage(commit, digestOf("observatory"));
  await commitFiles(await Promise.all([...changes, observatory]), message, commit);
  await kubectl(["apply", "--server-side", "--force-conflicts", "--kustomize", `${repository}/apps/local`]);
}

/** The observatory is no release, as nobody promotes it; what was built of it is in Git all the same, so that it runs. */
async function observatoryImage(commit: string, digest: string): Promise<FileChange> {
  const path = "overlays/local/observatory/kustomization.yaml";
  const kustomization = parseDocument(await readServed(path, commit));
  kustomization.setIn(["images", 0, "digest"], digest);
  return { path, text: kustomization.toString() };
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
