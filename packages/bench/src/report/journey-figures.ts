import type { Round } from "../journey/journey-bench.ts";
import type { LoadResult } from "../journey/measure-load.ts";
import { median } from "../measure/statistics.ts";

/** The same load in each of the rounds. Open loops have another rate in each, so they are matched by place. */
export function loadsOf(rounds: readonly Round[]): LoadResult[][] {
  const all = rounds.map(({ closed, open }) => [...closed, ...open]);
  return (all[0] ?? []).map((_, at) => all.flatMap((ofRound) => ofRound[at] ?? []));
}

/** The load whose cost is told by process: the second of the closed loops, or the only one. */
export const typicalLoad = ({ closed }: Round): LoadResult | undefined => closed[1] ?? closed[0];

/** Medians over the rounds, in milliseconds, the greatest first. */
export function costByProcess(rounds: readonly Round[]): [name: string, ms: number][] {
  const loads = rounds.flatMap((round) => typicalLoad(round) ?? []);
  const names = Object.keys(loads[0]?.cpuPerJourneyByProcessMs ?? {});
  return names
    .map((name): [string, number] => [
      name,
      median(loads.map(({ cpuPerJourneyByProcessMs: by }) => by[name] ?? 0)),
    ])
    .toSorted(([, a], [, b]) => b - a);
}

/** Of one step over the rounds of a load: the median of the quantile, in milliseconds. */
export const stepTime = (
  loads: readonly LoadResult[],
  step: string,
  quantile: "p50" | "p95" | "p99",
): number =>
  median(loads.map(({ steps }) => steps.find((each) => each.step === step)?.[quantile] ?? Number.NaN));
