import { setTimeout as sleep } from "node:timers/promises";
import { startBenchMall } from "../journey/bench-mall.ts";
import { type ClientResults, runClient } from "../journey/client.ts";
import { type MallCost, readMallCost } from "../measure/mall-cost.ts";
import { placeProcesses } from "../measure/processors.ts";

export interface SoakPlan {
  minutes: number;
  /** Journeys begun per second; half of the peak that is measured first when undefined. */
  rate: number | undefined;
  stateDir: string;
  onProgress: (line: string) => void;
}

export interface SoakResults {
  placement: string;
  minutes: number;
  rate: number;
  /** Since the load's begin. */
  samples: { atMs: number; cost: MallCost }[];
  client: ClientResults;
}

const SAMPLE_MS = 10_000;
const PEAK_LOAD = { seconds: 15, shoppers: 8, seed: 2 };

/** Half of the peak for a long time, and what the processes hold meanwhile. @throws {Error} when the mall cannot be started */
export async function benchSoak({
  minutes,
  rate: wanted,
  stateDir,
  onProgress,
}: SoakPlan): Promise<SoakResults> {
  const placement = placeProcesses();
  placement.enterMall();
  const { mall, storefront: url } = await startBenchMall(stateDir, placement, "100%");
  const samples: SoakResults["samples"] = [];
  const ended = new AbortController();
  try {
    const warm = await runClient({ url, ...PEAK_LOAD }, placement);
    const rate = wanted ?? warm.visits / warm.seconds / 2;
    onProgress(`${rate.toFixed(1)} journeys/s for ${minutes} minutes`);
    const begunAt = performance.now();
    async function watch(): Promise<void> {
      while (!ended.signal.aborted) {
        samples.push({ atMs: performance.now() - begunAt, cost: readMallCost(mall) });
        await sleep(SAMPLE_MS, undefined, { signal: ended.signal }).catch(() => undefined);
      }
    }
    const watching = watch();
    const client = await runClient({ url, seconds: minutes * 60, rate, seed: 1 }, placement);
    ended.abort();
    await watching;
    return { placement: placement.description, minutes, rate, samples, client };
  } finally {
    ended.abort();
    await mall.stop();
  }
}
