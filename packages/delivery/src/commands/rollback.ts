import { Command } from "commander";
import { propose, type Proposed } from "../git/proposal.ts";
import { pushChange } from "../git/push-change.ts";
import { newestOf } from "../git/upstream.ts";
import { asEnvironment } from "../release/leaves.ts";
import type { Release } from "../release/release.ts";
import { versionOf } from "../release/release.ts";
import { planRollback, rollbackProposal, type RollbackRequest } from "../release/rollback.ts";
import { answer, rootOf, upstreamOf } from "./options.ts";
import { nextStep, type ProposalFlags, publicationOf, withProposalOptions } from "./proposal-options.ts";

interface Flags extends ProposalFlags {
  readonly to?: string;
  readonly reason?: string;
  readonly direct?: boolean;
}

interface Answer extends Partial<Proposed> {
  readonly from: Release;
  readonly to: Release;
}

const attempts = 20;

export const rollbackCommand = withProposalOptions(new Command("rollback"))
  .description("Bring back what ran in an environment before, as a change in Git")
  .argument("<service>", "the service")
  .argument("<environment>", "where")
  .option("--to <commit>", "the source commit to go back to; else the release before")
  .option("--reason <text>", "why, for whoever reviews it")
  .option("--direct", "push it to the branch that Argo CD reads, without a review")
  .action(async (service: string, environment: string, flags: Flags) => {
    const root = await rootOf(flags);
    const leaf = { service, environment: asEnvironment(environment) };
    const request = { root, leaf, ...(flags.to && { to: flags.to }) };
    const result = flags.direct && !flags.dryRun ? await land(request, flags) : await suggest(request, flags);
    answer<Answer>(flags, result, ({ from, to, ...proposed }) => [
      `${service} in ${environment}: from ${versionOf(from.commit)} back to ${versionOf(to.commit)}.`,
      ...(flags.direct && !flags.dryRun ? [`Pushed to ${flags.branch}.`] : nextStep(proposed, flags)),
    ]);
  });

async function suggest(request: Omit<RollbackRequest, "newest">, flags: Flags): Promise<Answer> {
  const upstream = upstreamOf(flags);
  const newest = await newestOf(request.root, upstream);
  const rollback = await planRollback({ ...request, newest });
  const proposal = rollbackProposal(rollback, flags.reason);
  const proposed = await propose(request.root, newest, upstream, proposal, publicationOf(flags));
  return { from: rollback.from, to: rollback.to, ...proposed };
}

/** In an outage the shortest way: the same commit, straight onto the branch. */
async function land(request: Omit<RollbackRequest, "newest">, flags: Flags): Promise<Answer> {
  const planned = Promise.withResolvers<Pick<Answer, "from" | "to">>();
  const commit = await pushChange({
    root: request.root,
    upstream: upstreamOf(flags),
    attempts,
    async change(newest) {
      const rollback = await planRollback({ ...request, newest });
      planned.resolve({ from: rollback.from, to: rollback.to });
      const { title, body, files } = rollbackProposal(rollback, flags.reason);
      return { files, message: `${title}\n\n${body}\n` };
    },
  });
  return { ...(await planned.promise), ...(commit && { commit }), pushed: true };
}
