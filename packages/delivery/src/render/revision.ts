import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { git } from "../git/git.ts";

/** Lays a commit's files out in a folder of their own for as long as `use` works on them. */
export async function withRevision<T>(
  root: string,
  commit: string,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const temporary = await mkdtemp(join(tmpdir(), "mall-revision-"));
  try {
    const indexFile = join(temporary, "index");
    const folder = join(temporary, "tree");
    await git(root, ["read-tree", commit], { indexFile });
    await git(root, ["checkout-index", "--all", `--prefix=${folder}/`], { indexFile });
    return await use(folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
