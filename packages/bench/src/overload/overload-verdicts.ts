import { median } from "../measure/statistics.ts";
import type { Verdict } from "../report/verdict.ts";
import type { OverloadResults, OverloadRound } from "./overload-bench.ts";

const LEAST_GOODPUT = 0.9;
const MOST_SLOWDOWN = 3;
const RECOVERY_MS = 5_000;

/** What the mall promises of an overload, by the medians over the rounds. */
export function overloadVerdicts({ rounds, factor }: OverloadResults): Verdict[] {
  const of = (choose: (round: OverloadRound) => number): number => median(rounds.map(choose));
  const goodput = of((round) => round.goodput / round.peak);
  const unloaded = of((round) => round.unloaded.every.p95);
  const accepted = of((round) => round.overload.every.p95);
  const recovery = Math.max(...rounds.map(({ recoveredAfterMs }) => recoveredAfterMs));
  const unexplained = rounds.reduce((sum, { overload }) => sum + overload.failed - overload.shed, 0);
  const visits = rounds.reduce((sum, { overload }) => sum + overload.visits, 0);
  return [
    {
      text: `goodput at ${factor}x the peak is ${(100 * goodput).toFixed(0)} % of the peak (at least ${100 * LEAST_GOODPUT} %)`,
      passed: goodput >= LEAST_GOODPUT,
    },
    {
      text: `p95 of what is accepted is ${accepted.toFixed(0)} ms, ${(accepted / unloaded).toFixed(1)}x the unloaded ${unloaded.toFixed(0)} ms (at most ${MOST_SLOWDOWN}x)`,
      passed: accepted <= MOST_SLOWDOWN * unloaded,
    },
    {
      text: `who is not served gets a 503 with Retry-After: ${unexplained} of ${visits} visits failed in another way (none)`,
      passed: unexplained === 0,
    },
    {
      text: `all is well ${(recovery / 1_000).toFixed(1)} s after the load's end (at most ${RECOVERY_MS / 1_000} s)`,
      passed: recovery <= RECOVERY_MS,
    },
  ];
}
