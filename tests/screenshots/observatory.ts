import { setTimeout as wait } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import type { TraceList } from "../../packages/observatory/src/api-types.ts";
import { pictureOf } from "./pictures.ts";

/** The figures of the page are of the last half minute, and need ten seconds to arrive. */
const untilFiguresMs = 45_000;
const queried = 'sum by (service) (rate(http_server_request_duration_seconds_count{service!=""}[1m]))';

/** Takes a picture of each view, some of them while a fault is on; there have to be shoppers. */
export async function observatoryPictures(browser: Browser, trace: string): Promise<void> {
  const { origin, pathname } = new URL(trace);
  const page = await browser.newPage({ baseURL: origin, viewport: { width: 1280, height: 1_100 } });
  await wait(untilFiguresMs);
  await pictureOf(page, "/", "observatory-overview", '[data-testid="business"]');
  await pictureOf(page, "/traces", "observatory-traces", '[data-testid="trace-list"] tbody tr');
  await pictureOf(page, pathname, "observatory-trace", '[role="treeitem"]');
  await pictureOf(page, "/services/checkout", "observatory-service", ".heat-map");

  await withFault(page, { flag: "product.latency", variant: "slow" }, async () => {
    await wait(untilFiguresMs);
    await pictureOf(page, "/latency", "observatory-latency", '[data-testid="differences-counts"]');
  });
  await withFault(page, { flag: "purchase.error-ratio", variant: "half" }, async () => {
    await wait(untilFiguresMs);
    await pictureOf(page, "/faults", "observatory-faults", ".fault-on");
    await pictureOf(page, "/", "observatory-failing", '[data-testid="business"]');
    const { failed, usual } = await newestPurchases(page);
    await pictureOf(page, `/traces/${failed}`, "observatory-root-cause", '[data-testid="root-cause"]');
    await pictureOf(page, `/compare?a=${usual}&b=${failed}`, "observatory-compare", ".comparison-table");
  });
  await pictureOf(
    page,
    `/promql?query=${encodeURIComponent(queried)}&last=300000`,
    "observatory-promql",
    "svg",
  );
  await page.close();
}

/** Turns it on and off as somebody who looks at the page does. */
export async function withFault(
  page: Page,
  { flag, variant }: { flag: string; variant: string },
  run: () => Promise<void>,
): Promise<void> {
  const choose = async (name: string): Promise<void> => {
    await page.goto("/faults");
    // The button itself is hidden behind its label.
    await page
      .locator(`[data-fault="${flag}"] label`)
      .filter({ hasText: new RegExp(`^${name}$`) })
      .click();
    await page
      .locator(`[data-fault="${flag}"] input[value="${name}"]:checked`)
      .waitFor({ state: "attached" });
  };
  await choose(variant);
  try {
    await run();
  } finally {
    await choose("off");
  }
}

/** While half of purchase's answers fail: one that did, and one that did not. */
async function newestPurchases(page: Page): Promise<{ failed: string; usual: string }> {
  const answer = await page.request.get("/api/traces?service=purchase&limit=100");
  const { traces } = (await answer.json()) as TraceList;
  const failed = traces.find((trace) => trace.failed);
  const usual = traces.find(({ errors }) => errors === 0);
  if (!failed || !usual) throw new Error("Purchase does not both fail and succeed: are there shoppers?");
  return { failed: failed.traceId, usual: usual.traceId };
}
