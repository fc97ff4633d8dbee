import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { parseTargets } from "../src/metrics/target.ts";
import { failedOrder } from "./support/failed-order.ts";
import { givenMetrics, type GivenMetrics } from "./support/metrics-server.ts";
import { givenPage, type GivenPage } from "./support/given-page.ts";
import { spanId, traceId } from "./support/otlp-request.ts";

const rules = readFileSync(join(__dirname, "../../../base/alerts/rules/mall-rules.yaml"), "utf8");
/** A measured second of axe on a quiet machine may be ten on a busy one. */
const PATIENCE_MS = 60_000;

let metrics: GivenMetrics;
let observatory: GivenPage;
let page: Page;
let complaints: string[];
/** Percentiles are of the last half minute. */
let traffic: NodeJS.Timeout;

beforeAll(async () => {
  metrics = await givenMetrics();
  observatory = await givenPage({
    rules,
    targets: parseTargets(`info=${metrics.url},gone=http://127.0.0.1:9`),
  });
  metrics.exemplify("order", Date.now());
  ({ page, complaints } = await observatory.open("/"));
  await givenData();
}, 120_000);
afterAll(async () => {
  clearInterval(traffic);
  await observatory.stop();
  await metrics.stop();
});

/** Something of everything that a view can show: failures, links, logs, marks, incomplete traces, firing alerts. */
async function givenData(): Promise<void> {
  for (const name of ["order", "other"]) await observatory.send(...failedOrder(name));
  for (let at = 0; at < 30; at += 1)
    await observatory.send({
      traceId: `usual${at}`,
      spanId: `usual${at}`,
      service: "frontend",
      kind: "server",
      name: "POST /checkout",
      to: 20 + at,
    });
  traffic = setInterval(() => {
    const name = `visit${Date.now()}`;
    void observatory.send({
      traceId: name,
      spanId: name,
      service: "frontend",
      kind: "server",
      name: "GET /",
    });
  }, 2_000);
  await observatory.send({
    traceId: "torn",
    spanId: "torn",
    parent: "nobody",
    service: "cart",
    kind: "server",
  });
  await observatory.log({
    severityNumber: 17,
    body: { stringValue: "the terminal is on fire" },
    traceId: traceId("order"),
    spanId: spanId("order-pay"),
  });
  const trading = setInterval(() => {
    metrics.sell({ confirmed: 1, cancelled: 1, USD: 4_000, KRW: 31_000, accepted: 3, failed: 2 });
  }, 200);
  await page
    .getByTestId("business-alerts")
    .getByText("ErrorBudgetBurnsNow")
    .first()
    .waitFor({ timeout: PATIENCE_MS });
  clearInterval(trading);
}

const order = traceId("order");
const views: readonly (readonly [name: string, path: string, whatShows: string])[] = [
  ["overview", "/", '[data-testid="business"]'],
  ["trace list", "/traces?errors=true", '[data-testid="trace-list"] tbody tr'],
  ["trace", `/traces/${order}?span=${spanId("order-pay")}`, '[data-testid="span-detail"]'],
  ["trace that is not here", `/traces/${traceId("nowhere")}`, "main h1"],
  ["service", "/services/frontend", ".heat-map"],
  ["latency", "/latency", '[data-testid="differences-counts"]'],
  ["comparison", `/compare?a=${traceId("usual1")}&b=${order}`, ".comparison-table"],
  ["choice of a comparison", "/compare", "main form"],
  [
    "query",
    `/promql?query=${encodeURIComponent("rate(http_server_request_duration_seconds_bucket[1m])")}&last=300000`,
    '[data-testid="exemplars"]',
  ],
  ["query that is not understood", "/promql?query=predict_linear(up[5m],1)", ".notice-problem"],
  ["fault switches", "/faults", "fieldset"],
  ["address without a view", "/nowhere", "main h1"],
];

describe("the page", () => {
  test.each(views)(
    "has nothing that axe objects to in the view %p, light and dark",
    async (_name, path, whatShows) => {
      await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
      await page.goto(path);
      await page.locator(whatShows).first().waitFor({ timeout: PATIENCE_MS });
      // What is folded away is part of the view.
      await page
        .locator("details")
        .evaluateAll((all) => all.forEach((each) => each.setAttribute("open", "")));

      const light = await new AxeBuilder({ page }).analyze();
      await page.emulateMedia({ colorScheme: "dark" });
      const dark = await new AxeBuilder({ page }).withRules("color-contrast").analyze();

      expect(light.passes.length).toBeGreaterThan(10);
      expect([...light.violations, ...dark.violations].map(describeViolation)).toEqual([]);
    },
    2 * PATIENCE_MS,
  );

  test("has complained of nothing but the trace and the query that were asked for in vain", () => {
    // 408 and a reset: a connection that the browser kept in reserve for too long, as happens on a busy machine.
    const harmless = /\b40[048]\b|ERR_CONNECTION_RESET/;
    expect(complaints.filter((complaint) => !harmless.test(complaint))).toEqual([]);
  });
});

type Violation = Awaited<ReturnType<AxeBuilder["analyze"]>>["violations"][number];

const describeViolation = ({ id, help, nodes }: Violation): string =>
  `${id} (${help}): ${nodes
    .slice(0, 3)
    .map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary ?? ""}`)
    .join("; ")}`;
