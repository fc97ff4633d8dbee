import { DeliveryError } from "../delivery-error.ts";
import { attemptGit, git } from "./git.ts";
import { commitOf } from "./history.ts";

/** Where the truth is: the branch that Argo CD reads, and the remote that has it. */
export interface Upstream {
  readonly remote: string;
  readonly branch: string;
}

export const defaultUpstream: Upstream = { remote: "origin", branch: "main" };

/** Fetches the branch and returns its newest commit. Throws a DeliveryError if the remote does not have it. */
export async function fetchUpstream(root: string, { remote, branch }: Upstream): Promise<string> {
  const tracking = `refs/remotes/${remote}/${branch}`;
  await git(root, ["fetch", "--quiet", "--no-tags", remote, `+refs/heads/${branch}:${tracking}`]);
  return commitOf(root, tracking);
}

/** The newest commit of the branch: the remote's when the repository has that remote, else the local branch's. */
export async function newestOf(root: string, upstream: Upstream): Promise<string> {
  return (await hasRemote(root, upstream.remote))
    ? fetchUpstream(root, upstream)
    : commitOf(root, `refs/heads/${upstream.branch}`);
}

export async function hasRemote(root: string, remote: string): Promise<boolean> {
  return (await attemptGit(root, ["remote", "get-url", remote])).code === 0;
}

/** Sets a branch of the remote to a commit, whatever it was. For branches that only these commands write. */
export async function pushBranch(
  root: string,
  remote: string,
  branch: string,
  commit: string,
): Promise<void> {
  if (!(await hasRemote(root, remote)))
    throw new DeliveryError(`This repository has no remote "${remote}" to push to.`);
  await git(root, ["push", "--quiet", remote, `+${commit}:refs/heads/${branch}`]);
}
