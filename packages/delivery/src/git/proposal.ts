import { DeliveryError } from "../delivery-error.ts";
import { run } from "../run.ts";
import { commitFiles } from "./commit-files.ts";
import { git } from "./git.ts";
import { pushBranch, type Upstream } from "./upstream.ts";

/** A change that a person should look at: a branch with one commit, and the words of its pull request. */
export interface Proposal {
  readonly branch: string;
  readonly title: string;
  /** Markdown; it is the commit's message as well. */
  readonly body: string;
  readonly files: ReadonlyMap<string, string>;
}

export interface Publication {
  /** "branch": here only; "pushed": the remote has it; "pull-request": somebody is asked to review it. */
  readonly publish: "nothing" | "branch" | "pushed" | "pull-request";
}

export interface Proposed {
  readonly branch: string;
  readonly title: string;
  readonly commit?: string;
  readonly pushed: boolean;
  readonly pullRequest?: string;
}

/** Makes the branch on top of `newest`, replacing an earlier proposal of the same name, and publishes it as asked. */
export async function propose(
  root: string,
  newest: string,
  upstream: Upstream,
  { branch, title, body, files }: Proposal,
  { publish }: Publication,
): Promise<Proposed> {
  if (publish === "nothing") return { branch, title, pushed: false };
  const commit = await commitFiles(root, newest, { files, message: `${title}\n\n${body}\n` });
  await git(root, ["branch", "--force", "--no-track", branch, commit]);
  if (publish === "branch") return { branch, title, commit, pushed: false };
  await pushBranch(root, upstream.remote, branch, commit);
  if (publish === "pushed") return { branch, title, commit, pushed: true };
  const pullRequest = await openPullRequest(root, upstream.branch, { branch, title, body });
  return { branch, title, commit, pushed: true, pullRequest };
}

/** Opens the branch's pull request, or brings the words of the open one up to date. Returns its address. */
async function openPullRequest(
  root: string,
  base: string,
  { branch, title, body }: Pick<Proposal, "branch" | "title" | "body">,
): Promise<string> {
  const words = ["--title", title, "--body-file", "-"];
  const query = [
    "--head",
    branch,
    "--base",
    base,
    "--state",
    "open",
    "--json",
    "url",
    "--jq",
    '.[0].url // ""',
  ];
  const open = await gh(root, ["pr", "list", ...query]);
  if (open === "") return gh(root, ["pr", "create", "--head", branch, "--base", base, ...words], body);
  await gh(root, ["pr", "edit", open, ...words], body);
  return open;
}

async function gh(root: string, args: readonly string[], input?: string): Promise<string> {
  const finished = await run("gh", args, { cwd: root, ...(input !== undefined && { input }) }).catch(() => {
    throw new DeliveryError(
      "Install gh, GitHub's command line, or leave out --pull-request and open it by hand.",
    );
  });
  if (finished.code !== 0)
    throw new DeliveryError(`gh ${args[0]} ${args[1]} failed: ${finished.stderr.trim()}`);
  return finished.stdout.trim();
}
