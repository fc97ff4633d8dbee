import { DeliveryError } from "../delivery-error.ts";
import { attemptGit, git } from "../git/git.ts";
import { commitOf, isAncestor } from "../git/history.ts";
import { releaseHistory } from "../release/release-history.ts";
import { leavesAt } from "../release/recorded.ts";
import { type Image, imagesChangedBy, imagesOf } from "./images.ts";

export interface ChangedImage {
  readonly name: string;
  /** Whether a leaf waits for its digest; an image without one is only published. */
  readonly released: boolean;
  /** Why it is built, for people who read the log. */
  readonly because: string;
}

export interface ChangeRequest {
  readonly root: string;
  /** Compare with this commit. Zeros, as GitHub names what was before a new branch, mean: everything is new. */
  readonly base?: string;
  /** Compare each service with the newest source that this environment was ever given, instead of with `base`. */
  readonly since?: string;
}

/**
 * The images that HEAD's sources make anew. Compared with what was released, a build that failed or was skipped is
 * caught up by the next one, a fork's first push builds everything, and a rolled back service stays rolled back until
 * somebody changes it.
 */
export async function changedImages({ root, base, since }: ChangeRequest): Promise<ChangedImage[]> {
  if (base === undefined && since === undefined)
    throw new DeliveryError("Say what to compare with: --base <commit>, or --since <environment>.");
  const head = await commitOf(root, "HEAD");
  const catalogue = imagesOf(root);
  const leaves = await leavesAt(root, head, since ?? "dev");
  const changed = await Promise.all(
    catalogue.map(async (image) => {
      const leaf = leaves.find(({ service }) => service === image.name);
      const from = since && leaf ? await newestReleased(root, leaf, head) : base;
      const because = await reasonToBuild(root, image, catalogue, from, head);
      return because ? [{ name: image.name, released: leaf !== undefined, because }] : [];
    }),
  );
  return changed.flat();
}

async function reasonToBuild(
  root: string,
  image: Image,
  catalogue: readonly Image[],
  from: string | undefined,
  head: string,
): Promise<string | undefined> {
  if (from === undefined || /^0+$/.test(from)) return "nothing was built before";
  const files = await filesChanged(root, from, head);
  if (files === undefined) return `${from.slice(0, 12)} is not in this history`;
  const cause = files.find((file) => imagesChangedBy([file], catalogue).includes(image.name));
  return cause && `${cause} changed since ${from.slice(0, 12)}`;
}

const known = new Map<string, Promise<string[] | undefined>>();

/** Services mostly have one base in common, so each comparison is made once. */
function filesChanged(root: string, from: string, to: string): Promise<string[] | undefined> {
  const key = JSON.stringify([root, from, to]);
  const files = known.get(key) ?? readFilesChanged(root, from, to);
  known.set(key, files);
  return files;
}

async function readFilesChanged(root: string, from: string, to: string): Promise<string[] | undefined> {
  const { code } = await attemptGit(root, ["cat-file", "-e", `${from}^{commit}`]);
  if (code !== 0) return undefined;
  const names = await git(root, ["diff", "--name-only", "--no-renames", "-z", from, to]);
  return names.split("\0").filter(Boolean);
}

/** Of all that the leaf has recorded, the source that all others come before: a rollback does not make it less new. */
async function newestReleased(
  root: string,
  leaf: { environment: string; service: string },
  head: string,
): Promise<string | undefined> {
  let newest: string | undefined;
  for await (const { release } of releaseHistory(root, leaf, head)) {
    if (newest === undefined || (await isAncestor(root, newest, release.commit))) newest = release.commit;
  }
  return newest;
}
