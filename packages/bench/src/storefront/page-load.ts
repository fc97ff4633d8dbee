import type { Page } from "playwright-core";

/** One load of a page as its reader meets it, by the browser's own counters. */
export interface PageLoad {
  /** Milliseconds from the start of the navigation until the first byte and until the largest piece was painted. */
  firstByteMs: number;
  largestPaintMs: number;
  /** How much of the window moved, and how far (Cumulative Layout Shift, a number without unit). */
  layoutShift: number;
  /** Of scripts, as they were sent. */
  scriptBytes: number;
  /** W3C traceparent of the request that the page came with. */
  traceparent: string;
}

/** What moves after this long without a request would not be the page's loading. Milliseconds. */
const SETTLED_MS = 500;

/** Loads a page with an empty cache, and all of it: what lies further down is scrolled to. */
export async function loadPage(page: Page, path: string): Promise<PageLoad> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.clearBrowserCache");
  await session.detach();
  await page.goto(path, { waitUntil: "networkidle" });
  await page.waitForTimeout(SETTLED_MS);
  return page.evaluate(readCounters);
}

/** Runs in the page, so it can use nothing from outside of itself. */
async function readCounters(): Promise<PageLoad> {
  const entries = (type: string): Promise<PerformanceEntry[]> =>
    new Promise((resolve) => {
      const nothing = setTimeout(() => resolve([]), 1_000);
      new PerformanceObserver((list) => {
        clearTimeout(nothing);
        resolve(list.getEntries());
      }).observe({ type, buffered: true });
    });
  const paints = await entries("largest-contentful-paint");
  const shifts = (await entries("layout-shift")) as (PerformanceEntry & { value: number })[];
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const resources = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
  return {
    firstByteMs: navigation?.responseStart ?? Number.NaN,
    largestPaintMs: paints.at(-1)?.startTime ?? Number.NaN,
    layoutShift: shifts.reduce((sum, { value }) => sum + value, 0),
    scriptBytes: resources
      .filter(({ initiatorType }) => initiatorType === "script")
      .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    traceparent: navigation?.serverTiming.find(({ name }) => name === "traceparent")?.description ?? "",
  };
}
