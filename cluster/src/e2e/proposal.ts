import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { mergeBranch, served } from "../git/repository.ts";
import { run } from "../machine/run.ts";
import { repository, statePath } from "../paths.ts";
import type { Dispatch } from "./github.ts";

const proposed = z.object({ branch: z.string(), title: z.string(), commit: z.string() });

export interface Proposal extends z.infer<typeof proposed> {
  /** The commit's message, which is the pull request's text. */
  text: string;
}

/** Does what the workflow revert-on-abort does with a message: the same command, in a clone of its own. */
export async function proposeRevert({ client_payload }: Dispatch): Promise<Proposal> {
  const clone = statePath("clone");
  await rm(clone, { recursive: true, force: true });
  await mkdir(dirname(clone), { recursive: true });
  await run("git", ["clone", "--quiet", served, clone]);
  await run("git", ["config", "user.name", "mall cluster"], { cwd: clone });
  await run("git", ["config", "user.email", "cluster@mall.invalid"], { cwd: clone });
  const command = join(repository, "packages/delivery/dist/main.js");
  const flags = ["--event", "-", "--root", clone, "--push", "--json"];
  const answer = await run(process.execPath, [command, "revert-on-abort", ...flags], {
    input: JSON.stringify(client_payload),
  });
  const proposal = proposed.parse(JSON.parse(answer));
  const text = await run("git", ["log", "-1", "--format=%B", proposal.commit], { cwd: clone });
  return { ...proposal, text };
}

/** Merges it as a person does who agrees. Answers the commit that is served then. */
export const mergeProposal = ({ branch }: Proposal): Promise<string> => mergeBranch(branch);
