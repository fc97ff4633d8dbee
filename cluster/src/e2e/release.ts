import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { parseRelease, releaseFile, withRelease } from "@mall/delivery";
import type { Backend } from "../backend.ts";
import { commitFiles, commitSource, readServed } from "../git/repository.ts";
import { mallImageName } from "../images/mall-images.ts";
import { repository } from "../paths.ts";

/** What cluster/faulty has; `none` is a good version. */
export type Fault =
  "none" | "half-errors" | "slow" | "wrong-content" | "crash-loop" | "failing-migration" | "fails-under-load";

export interface Version {
  service: string;
  image: string;
  /** Stands for the source commit, which is the image's tag. */
  commit: string;
  digest: string;
}

const fileOf = (service: string, environment = "local"): string => releaseFile({ environment, service });

async function currentRelease(service: string) {
  return parseRelease(await readServed(fileOf(service)), fileOf(service));
}

/** Builds another version of a service from the image that it runs now. */
export async function buildVersion(backend: Backend, service: string, fault: Fault): Promise<Version> {
  const image = mallImageName(service);
  const before = (await currentRelease(service)).commit;
  // On the branch, as a source is that the pipeline has built: which of two releases is older is asked of Git.
  const commit = await commitSource(`${service}: ${fault === "none" ? "a change" : fault}`);
  const context = join(repository, "cluster/faulty");
  const args = { IMAGE: `${image}:${before}`, FAULT: fault, BUILD: commit };
  const dockerfile = join(context, "Dockerfile");
  const digest = await backend.buildImage({
    name: `${image}:${commit}`,
    dockerfile,
    context,
    args,
    cached: false,
  });
  return { service, image, commit, digest };
}

/** A version that nobody has built: its image is nowhere. */
export async function versionWithoutImage(service: string): Promise<Version> {
  const digest = `sha256:${randomBytes(32).toString("hex")}`;
  const commit = await commitSource(`${service}: a change`);
  return { service, image: mallImageName(service), commit, digest };
}

/** The commit that the pipeline would make of it: what a `git push` of a new version comes to. */
export async function commitVersions(versions: readonly Version[], environment: string): Promise<string> {
  const changes = versions.map(async (version) => {
    const path = fileOf(version.service, environment);
    return { path, text: withRelease(await readServed(path), version, path) };
  });
  const names = versions.map(({ service, commit }) => `${service} ${commit.slice(0, 12)}`);
  return commitFiles(await Promise.all(changes), `${environment}: ${names.join(", ")}`);
}
