import { versionOf } from "../release/release.ts";
import { environments } from "../release/leaves.ts";
import type { RolloutStatus } from "./rollouts.ts";
import type { ServiceStatus } from "./service-status.ts";

/** One line per Rollout: phase, weight, pods, and whether the cluster has what Git asks for. */
export const rolloutLines = (
  rollouts: readonly RolloutStatus[],
  services: readonly ServiceStatus[],
): string[] =>
  rollouts.map((rollout) => {
    const { environment, service, phase, weight, ready, wanted, message } = rollout;
    const canary = weight > 0 ? `, canary at ${weight} %` : "";
    const told = phase === "Healthy" || !message ? "" : ` (${message})`;
    return `${environment} ${service}: ${phase}${canary}, ${ready} of ${wanted} pods ready${drift(rollout, services)}${told}`;
  });

function drift({ environment, service, commit }: RolloutStatus, services: readonly ServiceStatus[]): string {
  const known = environments.find((name) => name === environment);
  const asked = known && services.find((status) => status.service === service)?.environments[known];
  if (!asked || typeof asked === "string" || !commit || asked.commit === commit) return "";
  return `, has ${versionOf(commit)} where Git asks for ${asked.version}`;
}
