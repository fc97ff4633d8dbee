import color from "picocolors";
import { selfTimes } from "../profile/call-tree.ts";
import type { ServiceProfile } from "../profile/profile-bench.ts";
import { table } from "./table.ts";

const MOST_PACKAGES = 20;
const MOST_FUNCTIONS = 30;

/** Where a service's time goes: by package and by function, each without what it calls. */
export function profileText(profile: ServiceProfile): string {
  const { service, journeys, cpuPerJourneyMs, tree, idleMs } = profile;
  const rows = (times: readonly [string, number][], most: number): string[][] =>
    times
      .slice(0, most)
      .map(([key, ms]) => [key, (ms / journeys).toFixed(3), `${((100 * ms) / tree.totalMs).toFixed(1)} %`]);
  const busy = (100 * tree.totalMs) / (tree.totalMs + idleMs);
  return [
    color.bold(`${service}: ${journeys} journeys, ${cpuPerJourneyMs.toFixed(2)} ms of CPU each`),
    `The thread was busy for ${busy.toFixed(0)} % of the time, waiting for the processor included.`,
    table(
      ["package", "ms/journey", "share"],
      rows(
        selfTimes(tree, (frame) => frame.package),
        MOST_PACKAGES,
      ),
    ),
    table(
      ["function", "ms/journey", "share"],
      rows(
        selfTimes(tree, ({ name, source }) => `${name}  ${source}`),
        MOST_FUNCTIONS,
      ),
    ),
  ].join("\n\n");
}
