import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { run } from "../machine/run.ts";
import { repository, statePath } from "../paths.ts";

/** What the cluster is delivered from: a bare repository that begins with this work tree. */
export const served = statePath("git/mall.git");
const branch = "main";
/** How Argo CD knows it (apps/local). */
export const repositoryUrl = "http://git.mall-cluster.svc.cluster.local/mall.git";

const author = {
  GIT_AUTHOR_NAME: "mall cluster",
  GIT_AUTHOR_EMAIL: "cluster@mall.invalid",
  GIT_COMMITTER_NAME: "mall cluster",
  GIT_COMMITTER_EMAIL: "cluster@mall.invalid",
};

const git = (args: readonly string[], env: Record<string, string> = {}, input?: string): Promise<string> =>
  run("git", args, {
    cwd: repository,
    env: { ...author, GIT_DIR: served, ...env },
    ...(input !== undefined && { input }),
  }).then((answer) => answer.trim());

/**
 * Makes a commit of the work tree as it is, with what is not committed yet but for ignored files, in the served
 * repository; the project's own repository is only read. Answers the commit. It is on no branch yet: its releases are
 * not what was built, and Argo CD would deliver them.
 */
export async function commitWorkTree(message: string): Promise<string> {
  if (!existsSync(served)) {
    await mkdir(served, { recursive: true });
    await run("git", ["init", "--quiet", "--bare", `--initial-branch=${branch}`, served]);
  }
  const workTree = { GIT_WORK_TREE: repository, GIT_INDEX_FILE: statePath("git/index") };
  await git(["add", "--all", "."], workTree);
  const tree = await git(["write-tree"], workTree);
  const isServed = await git(["rev-parse", "--verify", "--quiet", branch]).catch(() => "");
  return commitTree(tree, message, isServed === "" ? [] : [branch]);
}

/** Lays out a commit's files: what is built is what was committed, whatever is edited meanwhile. Answers the folder. */
export async function checkOut(commit: string): Promise<string> {
  const folder = statePath("source");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const archive = statePath("source.tar");
  await git(["archive", `--output=${archive}`, commit]);
  await run("tar", ["-xf", archive, "-C", folder]);
  await rm(archive);
  return folder;
}

export interface FileChange {
  path: string;
  text: string;
}

/** One commit after the served branch's newest, or after another one, is what is served from now on; answers it. */
export async function commitFiles(
  changes: readonly FileChange[],
  message: string,
  after = branch,
): Promise<string> {
  const index = { GIT_INDEX_FILE: statePath("git/change-index") };
  await git(["read-tree", after], index);
  for (const { path, text } of changes) {
    const blob = await git(["hash-object", "-w", "--stdin"], {}, text);
    await git(["update-index", "--add", "--cacheinfo", `100644,${blob},${path}`], index);
  }
  return publish(await commitTree(await git(["write-tree"], index), message, [after]));
}

/** A commit on what is served that stands for a change of somebody's source; answers it. */
export const commitSource = (message: string): Promise<string> =>
  commitTree(`${branch}^{tree}`, message, [branch]).then(publish);

/** Undoes one commit by another, as `git revert` does; answers the new one. */
export async function revertCommit(commit: string): Promise<string> {
  const paths = (await git(["diff-tree", "--no-commit-id", "--name-only", "-r", commit])).split("\n");
  const before = await Promise.all(
    paths.map(async (path) => ({ path, text: await readServed(path, `${commit}^`) })),
  );
  return commitFiles(before, `Revert "${await git(["log", "-1", "--format=%s", commit])}"`);
}

/** One commit that makes everything as it was at another; answers it. */
export async function commitTreeOf(commit: string): Promise<string> {
  return publish(await commitTree(`${commit}^{tree}`, `As at ${commit.slice(0, 12)}`, [branch]));
}

/** Makes a branch that was pushed, and is ahead of what is served, what is served; answers its commit. */
export async function mergeBranch(name: string): Promise<string> {
  const commit = await git(["rev-parse", `refs/heads/${name}`]);
  await git(["merge-base", "--is-ancestor", branch, commit]);
  return publish(commit);
}

export async function readServed(path: string, at = branch): Promise<string> {
  return run("git", ["show", `${at}:${path}`], { env: { GIT_DIR: served } });
}

/** The files under some folders of what is served. */
export const listServed = (...folders: string[]): Promise<string[]> =>
  git(["ls-tree", "-r", "--name-only", branch, "--", ...folders]).then((list) => list.split("\n"));

export const headOfServed = (): Promise<string> => git(["rev-parse", branch]);

async function commitTree(tree: string, message: string, parents: readonly string[]): Promise<string> {
  return git(["commit-tree", tree, ...parents.flatMap((parent) => ["-p", parent]), "-m", message]);
}

async function publish(commit: string): Promise<string> {
  await git(["update-ref", `refs/heads/${branch}`, commit]);
  return commit;
}
