import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { parseTargets } from "../src/metrics/target.ts";
import { failedOrder } from "./support/failed-order.ts";
import { givenMetrics, type GivenMetrics } from "./support/metrics-server.ts";
import { givenPage, type GivenPage } from "./support/given-page.ts";
import { spanId, traceId } from "./support/otlp-request.ts";

const rules = readFileSync(join(__dirname, "../../../base/alerts/rules/mall-rules.yaml"), "utf8");
const PATIENCE_MS = 60_000;

let metrics: GivenMetrics;
let observatory: GivenPage;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  metrics = await givenMetrics();
  observatory = await givenPage({ rules, targets: parseTargets(`info=${metrics.url}`) });
  ({ page, complaints } = await observatory.open("/", 390));
  page.setDefaultTimeout(PATIENCE_MS);
}, 2 * PATIENCE_MS);
afterAll(async () => {
  await observatory.stop();
  await metrics.stop();
});

const ask = (query: string): Promise<unknown> => page.goto(`/promql?query=${encodeURIComponent(query)}`);

describe("the business header", () => {
  test(
    "shows what is sold as it is sold",
    async () => {
      const business = page.getByTestId("business");
      const selling = setInterval(() => metrics.sell({ confirmed: 1, USD: 4_250, accepted: 1 }), 200);

      await business
        .locator('[data-currency="USD"]')
        .filter({ hasText: /\$[1-9]/ })
        .first()
        .waitFor();
      await business.getByText("Steady").waitFor();
      clearInterval(selling);

      const text = await business.innerText();
      expect(text).toContain("$42.50 USD");
      expect(text).toContain("₩31,500 KRW");
      expect(text).toMatch(/Checkout success\s+100 %\s+objective 99.5 %/);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    },
    2 * PATIENCE_MS,
  );
});

describe("the PromQL view", () => {
  test(
    "answers a query now and over time, and leads to an example trace",
    async () => {
      await observatory.send(...failedOrder("example"));
      metrics.exemplify("example", Date.now());
      await ask("sum by (le) (http_server_request_duration_seconds_bucket)");

      await page.getByTestId("instant").getByText('{le="0.5"}').waitFor();
      await page.getByTestId("range").locator(".plot-line").first().waitFor({ state: "attached" });
      await page.getByTestId("exemplars").getByRole("link", { name: "trace" }).first().click();

      await page.waitForURL(`**/traces/${traceId("example")}*`);
    },
    2 * PATIENCE_MS,
  );

  test("names the part of a query that is not supported, and nothing else is lost", async () => {
    await ask("label_join(up, 'a', 'b')");

    const sentence = await page.getByRole("alert").innerText();

    expect(sentence).toContain("label_join is not supported (at character 1)");
    await page.getByTestId("targets").getByText("up", { exact: true }).waitFor();
    await page.getByText("burn-rates").waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }, 120_000);
});

test("a trace shows what its services logged, each line with its span", async () => {
  await observatory.send(...failedOrder("logged"));
  await observatory.log({
    severityNumber: 17,
    body: { stringValue: "<b>the terminal is on fire</b>" },
    traceId: traceId("logged"),
    spanId: spanId("logged-pay"),
  });
  await page.goto(`/traces/${traceId("logged")}`);

  const line = page.getByRole("row", { name: /ERROR/ });
  await line.getByText("<b>the terminal is on fire</b>").waitFor();
  await line.getByRole("button", { name: "its span" }).click();

  expect(await page.getByTestId("span-detail").innerText()).toContain("POST /charges");
  expect(complaints.filter((complaint) => !complaint.includes("400"))).toEqual([]);
}, 120_000);
