import { memoryOf, readMallCost } from "../measure/mall-cost.ts";
import { placeProcesses } from "../measure/processors.ts";
import { shareOfCompleteTraces, spansTaken } from "../measure/telemetry.ts";
import { type BenchMall, startBenchMall, untilExported } from "./bench-mall.ts";
import { type LoadResult, measureLoad } from "./measure-load.ts";
import type { Tracing } from "./tracing.ts";

export interface JourneyPlan {
  /** Alternating, so that what a machine does meanwhile falls on all alike. */
  rounds: number;
  tracings: readonly Tracing[];
  /** Of the closed loops, ascending. */
  shoppers: readonly number[];
  /** Of each load. */
  seconds: number;
  /** Before the first load of each mall: until V8 has compiled what a journey needs, its cost falls. */
  warmUpSeconds: number;
  stateDir: string;
  onProgress: (line: string) => void;
}

export interface Round {
  tracing: Tracing;
  /** Milliseconds from the first process to the first confirmed order. */
  firstOrderMs: number;
  idleMemoryBytes: number;
  closed: LoadResult[];
  /** At half and at three quarters of this round's peak. */
  open: LoadResult[];
  /** NaN when nothing is traced. */
  spansPerJourney: number;
  shareOfCompleteTraces: number;
}

export interface JourneyResults {
  placement: string;
  rounds: Round[];
}

const SHARES_OF_PEAK = [0.5, 0.75];
const WARM_UP = { shoppers: 8, seed: 2 };

/** Runs every load under every kind of tracing, `rounds` times. @throws {Error} when the mall cannot be started */
export async function benchJourney(plan: JourneyPlan): Promise<JourneyResults> {
  const placement = placeProcesses();
  placement.enterMall();
  const rounds: Round[] = [];
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const tracing of plan.tracings) {
      plan.onProgress(`round ${round + 1} of ${plan.rounds}, tracing ${tracing}: starting the mall`);
      const started = await startBenchMall(plan.stateDir, placement, tracing);
      try {
        rounds.push(await runRound(started, tracing, plan, placement));
      } finally {
        await started.mall.stop();
      }
    }
  }
  return { placement: placement.description, rounds };
}

async function runRound(
  { mall, storefront, firstOrderMs }: BenchMall,
  tracing: Tracing,
  { shoppers, seconds, warmUpSeconds, onProgress }: JourneyPlan,
  placement: ReturnType<typeof placeProcesses>,
): Promise<Round> {
  const measure = async (load: { shoppers: number } | { rate: number }): Promise<LoadResult> => {
    const result = await measureLoad(mall, { url: storefront, seconds, seed: 1, ...load }, placement);
    onProgress(
      `  ${result.load}: ${result.journeysPerSecond.toFixed(1)} journeys/s, ${result.cpuPerJourneyMs.toFixed(1)} ms of CPU each, ${result.failed} failed`,
    );
    return result;
  };
  const idleMemoryBytes = memoryOf(readMallCost(mall));
  await measureLoad(mall, { url: storefront, seconds: warmUpSeconds, ...WARM_UP }, placement);
  await untilExported();
  const spansBefore = await spansTaken(mall);
  const closed: LoadResult[] = [];
  for (const count of shoppers) closed.push(await measure({ shoppers: count }));
  await untilExported();
  const journeys = closed.reduce((sum, each) => sum + each.journeysPerSecond * seconds, 0);
  const spansPerJourney = ((await spansTaken(mall)) - spansBefore) / journeys;
  const peak = Math.max(...closed.map(({ journeysPerSecond }) => journeysPerSecond));
  const open: LoadResult[] = [];
  for (const share of SHARES_OF_PEAK) open.push(await measure({ rate: peak * share }));
  return {
    tracing,
    firstOrderMs,
    idleMemoryBytes,
    closed,
    open,
    spansPerJourney: tracing === "off" ? Number.NaN : spansPerJourney,
    shareOfCompleteTraces: tracing === "off" ? Number.NaN : await shareOfCompleteTraces(mall),
  };
}
