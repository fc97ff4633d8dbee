import { startBenchMall } from "../journey/bench-mall.ts";
import { type ClientResults, type Load, runClient } from "../journey/client.ts";
import { placeProcesses } from "../measure/processors.ts";
import { quantile } from "../measure/statistics.ts";

export interface OverloadPlan {
  rounds: number;
  /** Of the overload; the other loads take half as long. */
  seconds: number;
  /** Times the peak. */
  factor: number;
  stateDir: string;
  onProgress: (line: string) => void;
}

export interface OverloadRound {
  /** Journeys a second that are all the mall can do, in a closed loop. */
  peak: number;
  /** One shopper alone. */
  unloaded: ClientResults;
  overload: ClientResults;
  /** Journeys per second that came to an order while the overload lasted. */
  goodput: number;
  /** Milliseconds from the overload's end until a shopper finds the shop as it was. */
  recoveredAfterMs: number;
}

export interface OverloadResults {
  placement: string;
  factor: number;
  seconds: number;
  rounds: OverloadRound[];
}

/** Several, since the greatest number of journeys is not at the same number of shoppers everywhere. */
const PEAK_SHOPPERS = [4, 8, 16];
const WARM_UP = { seconds: 8, shoppers: 8, seed: 3 };
/** The shopper who comes all the time, during the overload and afterwards: journeys begun per second. */
const WITNESS_RATE = 3;
const WITNESSED_MS = 8_000;
/** What takes a witness so many times as long as a shopper alone is not as it was. */
const SLOW_FACTOR = 3;

/** Sends `factor` times as many shoppers as the mall can serve. @throws {Error} when the mall cannot be started */
export async function benchOverload(plan: OverloadPlan): Promise<OverloadResults> {
  const { rounds, seconds, factor, stateDir, onProgress } = plan;
  const placement = placeProcesses();
  placement.enterMall();
  const { mall, storefront } = await startBenchMall(stateDir, placement, "100%");
  const run = (load: Omit<Load, "url">): Promise<ClientResults> =>
    runClient({ url: storefront, ...load }, placement);
  const measured: OverloadRound[] = [];
  try {
    await run(WARM_UP);
    for (let round = 0; round < rounds; round += 1) {
      const unloaded = await run({ seconds: seconds / 2, shoppers: 1, seed: 1 });
      const peak = await findPeak(run, seconds / 2);
      onProgress(`peak ${peak.toFixed(1)} journeys/s; now ${(factor * peak).toFixed(0)}/s for ${seconds} s`);
      measured.push(await overloadOnce(run, { unloaded, peak, seconds, rate: factor * peak }));
    }
  } finally {
    await mall.stop();
  }
  return { placement: placement.description, factor, seconds, rounds: measured };
}

type Run = (load: Omit<Load, "url">) => Promise<ClientResults>;

async function findPeak(run: Run, seconds: number): Promise<number> {
  const rates: number[] = [];
  for (const shoppers of PEAK_SHOPPERS) {
    const { timeline, seconds: taken } = await run({ seconds, shoppers, seed: 2 });
    rates.push(timeline.filter(({ outcome }) => outcome === "served").length / taken);
  }
  return Math.max(...rates);
}

interface Terms {
  unloaded: ClientResults;
  peak: number;
  seconds: number;
  rate: number;
}

async function overloadOnce(run: Run, { unloaded, peak, seconds, rate }: Terms): Promise<OverloadRound> {
  const [overload, witness] = await Promise.all([
    run({ seconds, rate, seed: 4 }),
    run({ seconds: seconds + WITNESSED_MS / 1_000, rate: WITNESS_RATE, seed: 5 }),
  ]);
  const lastsMs = seconds * 1_000;
  const served = overload.timeline.filter(
    ({ outcome, startedMs, ms }) => outcome === "served" && startedMs + ms <= lastsMs,
  );
  const usualMs = quantile(
    unloaded.timeline.map(({ ms }) => ms),
    0.95,
  );
  const endedAt = overload.startedAt + lastsMs;
  const badUntil = witness.timeline
    .filter(({ outcome, ms }) => outcome !== "served" || ms > SLOW_FACTOR * usualMs)
    .map(({ startedMs, ms }) => witness.startedAt + startedMs + ms);
  return {
    peak,
    unloaded,
    overload,
    goodput: served.length / seconds,
    recoveredAfterMs: Math.max(0, ...badUntil.map((at) => at - endedAt)),
  };
}
