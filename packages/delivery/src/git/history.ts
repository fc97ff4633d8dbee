import { DeliveryError } from "../delivery-error.ts";
import { attemptGit, git } from "./git.ts";

/** The top folder of the repository that `folder` is in. */
export async function repositoryRoot(folder: string): Promise<string> {
  const { code, stdout } = await attemptGit(folder, ["rev-parse", "--show-toplevel"]);
  if (code !== 0) throw new DeliveryError(`${folder} is in no Git repository.`);
  return stdout.trimEnd();
}

/** The full name of the commit that a branch, tag or short name stands for. */
export async function commitOf(root: string, revision: string): Promise<string> {
  const { code, stdout } = await attemptGit(root, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${revision}^{commit}`,
  ]);
  if (code !== 0) throw new DeliveryError(`There is no commit "${revision}" in this repository.`);
  return stdout.trim();
}

export type Relation = "same" | "older" | "newer" | "unrelated" | "unknown";

/**
 * How `commit` stands to `other`. "unknown": one of them is not in this repository (a shallow clone, a rewritten
 * history, another fork's commit).
 */
export async function relationOf(root: string, commit: string, other: string): Promise<Relation> {
  if (commit === other) return "same";
  const after = await isAncestor(root, other, commit);
  if (after === undefined) return "unknown";
  if (after) return "newer";
  return (await isAncestor(root, commit, other)) ? "older" : "unrelated";
}

/** Whether `ancestor` is `commit` or comes before it; undefined when one of them is not in this repository. */
export async function isAncestor(
  root: string,
  ancestor: string,
  commit: string,
): Promise<boolean | undefined> {
  const { code } = await attemptGit(root, ["merge-base", "--is-ancestor", ancestor, commit]);
  return code > 1 ? undefined : code === 0;
}

/** A file as it was in a commit; undefined where it was not. */
export async function fileAt(root: string, commit: string, file: string): Promise<string | undefined> {
  const { code, stdout } = await attemptGit(root, ["cat-file", "blob", `${commit}:${file}`]);
  return code === 0 ? stdout : undefined;
}

export interface PastCommit {
  readonly commit: string;
  readonly subject: string;
  /** What it changed, relative to the repository. */
  readonly files: readonly string[];
}

/** The commits after `from` up to `to`, newest first, without merges: those bring nothing of their own. */
export async function commitsBetween(root: string, from: string, to: string): Promise<PastCommit[]> {
  const format = "--format=%x01%H%x02%s%x02";
  const log = await git(root, [
    "log",
    "--no-merges",
    "--no-renames",
    "--name-only",
    "-z",
    format,
    `${from}..${to}`,
  ]);
  return log
    .split("\x01")
    .slice(1)
    .map((entry) => {
      const [commit = "", subject = "", files = ""] = entry.split("\x02");
      return { commit, subject, files: files.split("\0").flatMap((file) => file.trim() || []) };
    });
}
