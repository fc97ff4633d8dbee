import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";
import { journeyOf, visitShop } from "../scenario/journeys.ts";
import { createNodeBrowser } from "./node-browser.ts";
import { createCollector, type Results } from "./results.ts";

export interface TrafficOptions {
  /** The storefront's address. */
  url: string;
  /** Visits begun per second, whether or not earlier ones have ended (an open loop). */
  rate: number;
  /** Milliseconds; `Infinity` until the signal. */
  durationMs: number;
  /** Visits to begin at the most. */
  visits?: number;
  seed: number;
  /** Visits under way at once; above this a visit that is due is skipped and counted. */
  mostAtOnce?: number;
  signal?: AbortSignal;
  /** Called every second. */
  onProgress?: (soFar: Results, underWay: number) => void;
}

/** Sends visitors through the shop at a steady rate; resolves when the last one has left. */
export async function runTraffic(options: TrafficOptions): Promise<Results> {
  const { url, rate, durationMs, visits = Infinity, seed, mostAtOnce = 500, signal, onProgress } = options;
  const origin = new URL(url).origin;
  const pool = new Pool(origin, {
    connections: mostAtOnce,
    pipelining: 1,
    headersTimeout: 20_000,
    bodyTimeout: 20_000,
  });
  const collector = createCollector();
  const underWay = new Set<Promise<void>>();
  const progress = onProgress && setInterval(() => onProgress(collector.results(), underWay.size), 1_000);

  async function visit(index: number): Promise<void> {
    const browser = createNodeBrowser(pool, origin, ({ step }, _status, ms) => collector.answer(step, ms));
    try {
      await visitShop(browser, index, seed);
      collector.visit(journeyOf(index));
    } catch (error) {
      collector.visit(journeyOf(index), error);
    }
  }

  const start = performance.now();
  for (let index = 0; index < visits; index++) {
    const dueAt = start + (index * 1_000) / rate;
    if (dueAt - start >= durationMs) break;
    await sleep(Math.max(0, dueAt - performance.now()), undefined, { ...(signal && { signal }) }).catch(
      () => undefined,
    );
    if (signal?.aborted) break;
    if (underWay.size >= mostAtOnce) {
      collector.skip();
      continue;
    }
    const begun = visit(index).finally(() => underWay.delete(begun));
    underWay.add(begun);
  }
  await Promise.all(underWay);
  clearInterval(progress);
  await pool.close();
  return collector.results();
}
