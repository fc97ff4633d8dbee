import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { Command } from "commander";
import { parseAbortedRollout } from "../changes/aborted-rollout.ts";
import { DeliveryError } from "../delivery-error.ts";
import { propose, type Proposed } from "../git/proposal.ts";
import { newestOf } from "../git/upstream.ts";
import { planRevert } from "../release/revert.ts";
import type { Release } from "../release/release.ts";
import { answer, rootOf, upstreamOf } from "./options.ts";
import { nextStep, type ProposalFlags, publicationOf, withProposalOptions } from "./proposal-options.ts";

interface Flags extends ProposalFlags {
  readonly event: string;
}

interface Answer extends Proposed {
  readonly failed: Release;
  readonly back: Release;
}

export const revertOnAbortCommand = withProposalOptions(new Command("revert-on-abort"))
  .description("Take back in Git a release that its analysis has aborted in the cluster, with the evidence")
  .requiredOption("--event <file>", 'the event\'s JSON; "-" reads standard input')
  .action(async (flags: Flags) => {
    const event = parseAbortedRollout(await read(flags.event));
    const root = await rootOf(flags);
    const upstream = upstreamOf(flags);
    const newest = await newestOf(root, upstream);
    const { failed, back, proposal } = await planRevert(root, newest, event);
    const proposed = await propose(root, newest, upstream, proposal, publicationOf(flags));
    answer<Answer>(flags, { failed, back, ...proposed }, (told) => [
      `${told.title}.`,
      ...nextStep(told, flags),
    ]);
  });

async function read(file: string): Promise<string> {
  if (file === "-") return text(process.stdin);
  try {
    return await readFile(file, "utf8");
  } catch {
    throw new DeliveryError(`${file} cannot be read.`);
  }
}
