import { launchBrowser } from "@mall/kit/testing/chromium";
import type { Browser, Page } from "playwright-core";
import { startBenchMall } from "../journey/bench-mall.ts";
import { placeProcesses } from "../measure/processors.ts";
import { spanMs } from "../measure/telemetry.ts";
import { loadPage, type PageLoad } from "./page-load.ts";

const pages = {
  home: "/",
  category: "/categories/kitchen",
  product: "/products/moka-pot",
  cart: "/cart",
  checkout: "/checkout",
} as const;

const windows = [
  { window: "desktop", width: 1280, height: 800 },
  { window: "phone", width: 390, height: 844 },
] as const;

export interface StorefrontPlan {
  /** How often each page is loaded in each window. */
  rounds: number;
  /** The browser's processor is made this many times slower. */
  slowdown: number;
  stateDir: string;
  onProgress: (line: string) => void;
}

/** The loads of one page in one window. */
export interface PageLoads {
  page: keyof typeof pages;
  window: (typeof windows)[number]["window"];
  /** With the time of the storefront's own span, in milliseconds. */
  loads: (PageLoad & { serverMs: number })[];
}

export interface StorefrontResults {
  slowdown: number;
  pages: PageLoads[];
}

/** How soon a shopper with a slow processor sees the pages of the shop, and how much of that is the server's time. */
export async function benchStorefront(plan: StorefrontPlan): Promise<StorefrontResults> {
  const placement = placeProcesses();
  const { mall, storefront } = await startBenchMall(plan.stateDir, placement, "100%");
  const browser = await launchBrowser();
  try {
    const results: PageLoads[] = [];
    for (const { window, ...viewport } of windows) {
      const reader = await openSlowly(browser, storefront, viewport, plan.slowdown);
      await fillCart(reader);
      for (const [page, path] of Object.entries(pages) as [PageLoads["page"], string][]) {
        await loadPage(reader, path); // whoever comes first pays for what the mall remembers
        const loads: PageLoads["loads"] = [];
        for (let round = 0; round < plan.rounds; round += 1) {
          const load = await loadPage(reader, path);
          loads.push({ ...load, serverMs: await spanMs(mall, load.traceparent) });
        }
        plan.onProgress(`${page} (${window}): ${loads.length} loads`);
        results.push({ page, window, loads });
      }
      await reader.context().close();
    }
    return { slowdown: plan.slowdown, pages: results };
  } finally {
    await browser.close();
    await mall.stop();
  }
}

async function openSlowly(
  browser: Browser,
  baseURL: string,
  viewport: { width: number; height: number },
  slowdown: number,
): Promise<Page> {
  const context = await browser.newContext({ baseURL, viewport, locale: "en-US" });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  return page;
}

async function fillCart(page: Page): Promise<void> {
  await page.goto(pages.product);
  await page.locator('[data-testid="add-to-cart"] button:not([formmethod="get"])').click();
  await page.waitForURL(/\/cart/);
}
