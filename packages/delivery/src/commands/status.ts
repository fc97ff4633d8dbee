import { Command } from "commander";
import { DeliveryError } from "../delivery-error.ts";
import { commitOf } from "../git/history.ts";
import { fetchUpstream, hasRemote, type Upstream } from "../git/upstream.ts";
import { rolloutLines } from "../status/cluster-sentences.ts";
import { type RolloutStatus, rolloutStatuses } from "../status/rollouts.ts";
import { sentencesOn } from "../status/sentences.ts";
import { type ServiceStatus, serviceStatuses } from "../status/service-status.ts";
import { tableOf } from "../status/table.ts";
import {
  answer,
  type CommonFlags,
  rootOf,
  type UpstreamFlags,
  upstreamOf,
  withCommonOptions,
  withUpstreamOptions,
} from "./options.ts";

interface Flags extends CommonFlags, UpstreamFlags {
  readonly at?: string;
  readonly context?: string;
}

interface Answer {
  /** The commit whose word this is. */
  readonly commit: string;
  readonly services: readonly ServiceStatus[];
  readonly rollouts?: readonly RolloutStatus[];
}

export const statusCommand = withUpstreamOptions(withCommonOptions(new Command("status")))
  .description("Say what runs where, since when, and what is ahead of what")
  .option("--at <revision>", "as of this commit instead of the remote's newest")
  .option("--context <name>", "ask the cluster of this kubectl context as well")
  .action(async (flags: Flags) => {
    const root = await rootOf(flags);
    const commit = flags.at ? await commitOf(root, flags.at) : await newestKnown(root, upstreamOf(flags));
    const services = await serviceStatuses(root, commit);
    const rollouts = flags.context ? { rollouts: await rolloutStatuses(flags.context) } : {};
    answer<Answer>(flags, { commit, services, ...rollouts }, sentences);
  });

function sentences({ services, rollouts }: Answer): string[] {
  if (services.length === 0) return ["There is no service in overlays/."];
  const table = [...tableOf(services, new Date()), "", ...sentencesOn(services)];
  return rollouts ? [...table, "", ...rolloutLines(rollouts, services)] : table;
}

/** Without a network the remote's last known word is better than none, and said to be that. */
async function newestKnown(root: string, upstream: Upstream): Promise<string> {
  const { remote, branch } = upstream;
  if (!(await hasRemote(root, remote))) return commitOf(root, "HEAD");
  try {
    return await fetchUpstream(root, upstream);
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    process.stderr.write(`${remote} does not answer; this is what it said last.\n`);
    return commitOf(root, `refs/remotes/${remote}/${branch}`);
  }
}
