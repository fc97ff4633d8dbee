import { DeliveryError } from "../delivery-error.ts";
import { git } from "../git/git.ts";
import { fileAt } from "../git/history.ts";
import { type Leaf, leafOf, releaseFile } from "./leaves.ts";
import type { Release } from "./release.ts";
import { parseRelease } from "./release-file.ts";

export interface Recorded {
  readonly text: string;
  readonly release: Release;
}

/** What a commit records for a leaf. Throws a DeliveryError if there is no such leaf in it. */
export async function recordedAt(root: string, commit: string, leaf: Leaf): Promise<Recorded> {
  const file = releaseFile(leaf);
  const text = await fileAt(root, commit, file);
  if (text === undefined)
    throw new DeliveryError(
      `There is no service "${leaf.service}" in ${leaf.environment}: ${file} is missing.`,
    );
  return { text, release: parseRelease(text, file) };
}

/** The leaves that a commit has in an environment, by name. */
export async function leavesAt(root: string, commit: string, environment: string): Promise<Leaf[]> {
  const files = await git(root, ["ls-tree", "-r", "--name-only", commit, "--", `overlays/${environment}`]);
  return files.split("\n").flatMap((file) => leafOf(file) ?? []);
}
