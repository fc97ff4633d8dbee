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
  /** Those that the text names. */
  traceIds: readonly string[];
}

/** Does what the workflow revert-on-abort does with a message: the same command. */
export const proposeRevert = ({ client_payload }: Dispatch): Promise<Proposal> =>
  propose(["revert-on-abort", "--event", "-"], JSON.stringify(client_payload));

export interface Promotion {
  service: string;
  from: string;
  to: string;
  /** Only if this is the source commit that runs there. */
  commit?: string;
}

/** Does what the workflow promote does: the same command. */
export const proposePromotion = ({ service, from, to, commit }: Promotion): Promise<Proposal> =>
  propose(["promote", ...(commit === undefined ? [] : ["--commit", commit]), service, from, to]);

/** Runs a command of `npm run delivery` in a clone of its own, and reads what it says that it made. */
async function propose(command: readonly string[], input?: string): Promise<Proposal> {
  const clone = statePath("clone");
  await rm(clone, { recursive: true, force: true });
  await mkdir(dirname(clone), { recursive: true });
  await run("git", ["clone", "--quiet", served, clone]);
  await run("git", ["config", "user.name", "mall cluster"], { cwd: clone });
  await run("git", ["config", "user.email", "cluster@mall.invalid"], { cwd: clone });
  const program = join(repository, "packages/delivery/dist/main.js");
  const flags = ["--root", clone, "--push", "--json"];
  const answer = await run(process.execPath, [program, ...command, ...flags], {
    ...(input !== undefined && { input }),
  });
  const proposal = proposed.parse(JSON.parse(answer));
  const text = await run("git", ["log", "-1", "--format=%B", proposal.commit], { cwd: clone });
  return { ...proposal, text, traceIds: text.match(/(?<=^- )[0-9a-f]{32}$/gm) ?? [] };
}

/** Merges it as a person does who agrees. Answers the commit that is served then. */
export const mergeProposal = ({ branch }: Proposal): Promise<string> => mergeBranch(branch);
