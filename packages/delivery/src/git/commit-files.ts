import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { git } from "./git.ts";

export interface Change {
  /** New contents by path, relative to the repository. They are plain files, never programs. */
  readonly files: ReadonlyMap<string, string>;
  readonly message: string;
}

/**
 * Makes a commit on top of `parent` and returns its name. Neither a branch nor the work tree nor its index is touched:
 * what a person is editing cannot get into it, and nothing has to be checked out.
 */
export async function commitFiles(root: string, parent: string, { files, message }: Change): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "mall-index-"));
  try {
    const indexFile = join(folder, "index");
    await git(root, ["read-tree", parent], { indexFile });
    const entries = await Promise.all(
      [...files].map(async ([file, text]) => {
        const blob = await git(root, ["hash-object", "-w", "--stdin"], { input: text });
        return `100644 ${blob}\t${file}\n`;
      }),
    );
    await git(root, ["update-index", "--add", "--index-info"], { indexFile, input: entries.join("") });
    const tree = await git(root, ["write-tree"], { indexFile });
    return await git(root, ["commit-tree", tree, "-p", parent, "-F", "-"], { input: message });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
