import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";
import { type Browser, TurnedAway } from "../scenario/browser.ts";
import { type JourneyName, journeyOf, visitShop } from "../scenario/journeys.ts";
import { createNodeBrowser } from "./node-browser.ts";
import { createCollector, type TrafficResults, type VisitResult } from "./results.ts";

export interface TrafficOptions {
  /** The storefront's address. */
  url: string;
  /** Visits begun per second, whether or not earlier ones have ended (an open loop). */
  rate?: number;
  /** Instead of a rate: so many shoppers, each of whom comes again as soon as they have left (a closed loop). */
  shoppers?: number;
  /** Milliseconds in which visits are begun; `Infinity` for as long as there are `visits` left. */
  durationMs: number;
  /** Visits to begin at the most. */
  visits?: number;
  /** What every visitor does, instead of the mix of journeys. */
  only?: { journey: JourneyName; visit: (browser: Browser, index: number, seed: number) => Promise<void> };
  /** W3C baggage of every request: `mall.release=cart:canary` leads to a canary. */
  baggage?: string;
  seed: number;
  signal?: AbortSignal;
  /** Called every second. */
  onProgress?: (soFar: TrafficResults, underWay: number) => void;
  /** Called as each visit ends. */
  onVisit?: (visit: VisitResult) => void;
}

// Visits under way at once in an open loop; above this, one that is due is skipped and counted.
const mostAtOnce = 500;
const answerMs = 20_000;
/** What the shop asks those to wait whom it has no room for. */
const toldToWaitMs = 1_000;

/** Sends visitors through the shop; resolves when the last one has left. */
export async function runTraffic(options: TrafficOptions): Promise<TrafficResults> {
  const { url, rate = 5, shoppers, durationMs, visits = Infinity, seed, only, signal } = options;
  const { onProgress, onVisit } = options;
  const shop = new URL(url);
  const { origin } = shop;
  const headers = options.baggage === undefined ? {} : { baggage: options.baggage };
  const pool = new Pool(origin, { connections: mostAtOnce, headersTimeout: answerMs, bodyTimeout: answerMs });
  const collector = createCollector();
  const underWay = new Set<Promise<unknown>>();
  const progress = onProgress && setInterval(() => onProgress(collector.results(), underWay.size), 1_000);
  const start = performance.now();
  let begun = 0;
  const mayBegin = (): boolean =>
    begun < visits && performance.now() - start < durationMs && !signal?.aborted;

  async function visit(): Promise<VisitResult["outcome"]> {
    const index = begun++;
    const begunAt = performance.now();
    let wasShed = false;
    const browser = createNodeBrowser(pool, shop, { origin, ...headers }, ({ step }, ms, shed) => {
      if (shed) wasShed = true;
      else collector.answer(step, ms);
    });
    const journey = only?.journey ?? journeyOf(index);
    let outcome: VisitResult["outcome"] = "served";
    try {
      await (only?.visit ?? visitShop)(browser, index, seed);
      collector.visit(journey, outcome);
    } catch (error) {
      outcome = failureOf(error, wasShed);
      collector.visit(journey, outcome, error);
    }
    onVisit?.({ startedMs: begunAt - start, ms: performance.now() - begunAt, outcome });
    return outcome;
  }

  async function comeAgain(): Promise<void> {
    while (mayBegin()) {
      if ((await visit()) === "shed") await pause(toldToWaitMs, signal);
    }
  }

  async function arriveSteadily(): Promise<void> {
    for (let due = 0; mayBegin(); due++) {
      await pause(start + (due * 1_000) / rate - performance.now(), signal);
      if (!mayBegin()) break;
      if (underWay.size >= mostAtOnce) {
        collector.skip();
        continue;
      }
      const current = visit().finally(() => underWay.delete(current));
      underWay.add(current);
    }
    await Promise.all(underWay);
  }

  await (shoppers === undefined
    ? arriveSteadily()
    : Promise.all(Array.from({ length: shoppers }, comeAgain)));
  clearInterval(progress);
  await pool.close();
  return collector.results();
}

function failureOf(error: unknown, shed: boolean): VisitResult["outcome"] {
  if (error instanceof TurnedAway) return "turned away";
  return shed ? "shed" : "failed";
}

/** Ends early, without complaint, when the signal says so. */
async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(Math.max(0, ms), undefined, { ...(signal && { signal }) }).catch(() => undefined);
}
