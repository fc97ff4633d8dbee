import { type Command, Option } from "commander";
import type { Proposed, Publication } from "../git/proposal.ts";
import {
  type CommonFlags,
  dryRunOption,
  type UpstreamFlags,
  withCommonOptions,
  withUpstreamOptions,
} from "./options.ts";

export interface ProposalFlags extends CommonFlags, UpstreamFlags {
  readonly push?: boolean;
  readonly pullRequest?: boolean;
  readonly dryRun?: boolean;
}

/** The options of commands whose change a person reviews. */
export const withProposalOptions = (command: Command): Command =>
  withUpstreamOptions(withCommonOptions(command))
    .option("--push", "push the branch as well")
    .addOption(new Option("--pull-request", "push it and open or update its pull request with gh"))
    .addOption(dryRunOption());

export function publicationOf({ push, pullRequest, dryRun }: ProposalFlags): Publication {
  if (dryRun) return { publish: "nothing" };
  if (pullRequest) return { publish: "pull-request" };
  return { publish: push ? "pushed" : "branch" };
}

/** What is left to do by hand. */
export function nextStep({ branch, pullRequest, pushed }: Partial<Proposed>, flags: ProposalFlags): string[] {
  if (!branch) return [];
  if (flags.dryRun) return [`Would be branch ${branch}.`];
  if (pullRequest) return [`Pull request: ${pullRequest}`];
  if (pushed)
    return [`Branch ${branch} is on ${flags.remote}: open its pull request against ${flags.branch}.`];
  return [
    `Branch ${branch} is ready. Look at it with git show ${branch}, then`,
    `git push ${flags.remote} ${branch}  and open its pull request against ${flags.branch}.`,
  ];
}
