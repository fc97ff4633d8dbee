import { git } from "../git/git.ts";
import { fileAt, relationOf } from "../git/history.ts";
import { type Leaf, releaseFile } from "./leaves.ts";
import { isReleased, type Release } from "./release.ts";
import { parseRelease } from "./release-file.ts";

export interface PastRelease {
  readonly release: Release;
  /** The commit that wrote it into the leaf. */
  readonly writtenBy: string;
}

/**
 * What a leaf has recorded, newest first, up to `from`. It ends where the leaf held zeros: what was released before
 * that belongs to somebody else's registry (the leaf was adopted).
 */
export async function* releaseHistory(root: string, leaf: Leaf, from: string): AsyncGenerator<PastRelease> {
  const file = releaseFile(leaf);
  const log = await git(root, ["log", "--format=%H", from, "--", file]);
  for (const writtenBy of log.split("\n").filter(Boolean)) {
    const text = await fileAt(root, writtenBy, file);
    if (text === undefined) return;
    const release = parseRelease(text, file);
    if (!isReleased(release)) return;
    yield { release, writtenBy };
  }
}

/**
 * The release to go back to from `current`: the last one recorded whose source is older. Not simply the one before:
 * after a rollback that would be the very release that was rolled back.
 */
export async function previousRelease(
  root: string,
  leaf: Leaf,
  from: string,
  current: Release,
): Promise<PastRelease | undefined> {
  for await (const past of releaseHistory(root, leaf, from)) {
    if ((await relationOf(root, past.release.commit, current.commit)) === "older") return past;
  }
  return undefined;
}
