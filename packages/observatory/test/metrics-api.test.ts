import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type {
  Alerts,
  Business,
  Exemplars,
  Problem,
  QueryAnswer,
  RangeAnswer,
  Rules,
  Targets,
} from "../src/api-types.ts";
import { parseTargets } from "../src/metrics/target.ts";
import { givenMetrics, type GivenMetrics } from "./support/metrics-server.ts";
import { givenObservatory, type GivenObservatory } from "./support/given-observatory.ts";
import { traceId } from "./support/otlp-request.ts";

const rules = readFileSync(join(__dirname, "../../../base/alerts/rules/mall-rules.yaml"), "utf8");
const SCRAPE_SECONDS = 2;

let metrics: GivenMetrics;
let observatory: GivenObservatory;
beforeEach(async () => {
  metrics = await givenMetrics();
  observatory = await givenObservatory({ rules, targets: parseTargets(`info=${metrics.url}`) });
});
afterEach(async () => {
  expect(observatory.errors).toEqual([]);
  await observatory.stop();
  await metrics.stop();
});

/** Some minutes of the same business over and over, scraped as it happens. */
async function trade(minutes: number, perScrape: Parameters<GivenMetrics["sell"]>[0] = {}): Promise<void> {
  for (let scrape = 0; scrape < (minutes * 60) / SCRAPE_SECONDS; scrape += 1) {
    metrics.sell(perScrape);
    observatory.advance(SCRAPE_SECONDS * 1000);
    await observatory.tick();
  }
}

const business = (): Business => observatory.snapshot().business;
const query = (text: string): string => `query=${encodeURIComponent(text)}`;

describe("the business figures", () => {
  test("are what the rules recorded, in the snapshot, each currency for itself", async () => {
    await trade(3, { confirmed: 2, cancelled: 1, USD: 5_000, KRW: 60_000, accepted: 2, refused: 1 });

    const { revenue, orders, checkout, targets, failingRules } = business();

    expect(revenue).toEqual([
      { currency: "KRW", minorUnitsPerMinute: close(1_800_000), averageOrderMinorUnits: 31_500 },
      { currency: "USD", minorUnitsPerMinute: close(150_000), averageOrderMinorUnits: 4_250 },
    ]);
    expect(orders).toEqual([
      { state: "confirmed", perMinute: close(60) },
      { state: "cancelled", perMinute: close(30) },
    ]);
    expect(checkout).toMatchObject({ objective: 0.995, success: 1, budgetLeft: 1 });
    expect(checkout.burnRates).toContainEqual({ window: "5m", rate: 0 });
    expect({ targets, failingRules }).toEqual({ targets: { up: 1, all: 1 }, failingRules: 0 });
  });

  test("say that nothing is known before anything was measured, instead of zero", async () => {
    expect(business()).toEqual({
      evaluatedAtMs: null,
      targets: { up: 0, all: 1 },
      failingRules: 0,
      revenue: [],
      orders: [],
      checkout: {
        objective: null,
        success: null,
        budgetLeft: null,
        burnRates: ["1m", "5m", "30m", "1h", "6h"].map((window) => ({ window, rate: null })),
      },
      alerts: [],
    });

    await trade(1);

    expect(business().checkout).toMatchObject({ objective: 0.995, success: null, budgetLeft: null });
  });

  test("show the budget burning while checkouts fail, and that it ends", async () => {
    await trade(2, { accepted: 3, failed: 1 });

    const burning = business();

    expect(burning.checkout.success).toBeCloseTo(0.75, 3);
    expect(burning.checkout.budgetLeft).toBeCloseTo(1 - 0.25 / 0.005, 1);
    expect(burning.alerts.map(({ name, state }) => `${name} ${state}`)).toContain(
      "ErrorBudgetBurnsNow firing",
    );
    expect((await observatory.get<Alerts>("/api/alerts")).alerts).toEqual(burning.alerts);

    await trade(2, { accepted: 40 });

    expect(business().alerts.map(({ name }) => name)).not.toContain("ErrorBudgetBurnsNow");
  });

  test("tell when the service does not answer any more", async () => {
    await trade(0.5, { confirmed: 1 });
    metrics.goDown();
    await trade(0.5);

    expect(business().targets).toEqual({ up: 0, all: 1 });
    expect(await observatory.get<Targets>("/api/targets")).toMatchObject({
      targets: [{ service: "info", health: "down", failures: 15, lastError: expect.stringContaining("503") }],
    });
  });
});

describe("the metrics' API", () => {
  test("answers a query now and over time", async () => {
    await trade(1, { confirmed: 3 });

    const now = await observatory.get<QueryAnswer>(`/api/query?${query("mall_orders_total")}`);
    const range = await observatory.get<RangeAnswer>(
      `/api/query-range?${query("sum by (state) (mall_orders_total)")}&last=60000&step=20000`,
    );

    expect(now).toEqual({
      type: "vector",
      samples: ["cancelled", "confirmed"].map((state) => ({
        labels: expect.arrayContaining([
          ["__name__", "mall_orders_total"],
          ["service", "info"],
          ["state", state],
        ]),
        value: state === "confirmed" ? "90" : "0",
      })),
    });
    expect(range.series.map(({ labels, values }) => [labels, values.length])).toEqual([
      [[["state", "confirmed"]], 4],
      [[["state", "cancelled"]], 4],
    ]);
    expect(range.toMs % 20_000).toBe(0);
    expect(range.series[0]?.values.at(-1)).toBeGreaterThan(30);
  });

  test("plots a gap where there was nothing, and a scalar as a series without labels", async () => {
    await trade(0.1, { confirmed: 1 });

    const gap = await observatory.get<RangeAnswer>(
      `/api/query-range?${query("mall_orders_total")}&last=600000&step=60000`,
    );
    const scalar = await observatory.get<RangeAnswer>(
      `/api/query-range?${query("1 / 4")}&last=2000&step=1000`,
    );

    expect(gap.series).toEqual([]);
    expect(scalar.series).toEqual([{ labels: [], values: [0.25, 0.25, 0.25] }]);
  });

  test("gives the rules in the order of the file, with what they gave", async () => {
    await trade(0.2);

    const { rules: all } = await observatory.get<Rules>("/api/rules");

    expect(all[0]).toMatchObject({
      group: "red-per-service",
      name: "service:http_requests:rate2m",
      health: "ok",
    });
    expect(all.find(({ name }) => name === "slo:objective:ratio")).toMatchObject({
      kind: "recording",
      results: 1,
    });
  });

  test("leads from a histogram to a trace that it counted", async () => {
    metrics.exemplify("bought", observatory.now());
    await trade(0.1, { accepted: 1 });

    const { exemplars } = await observatory.get<Exemplars>(
      `/api/exemplars?${query("histogram_quantile(0.9, rate(http_server_request_duration_seconds_bucket[1m]))")}`,
    );

    expect(exemplars).toMatchObject([{ labels: [["trace_id", traceId("bought")]], value: "0.042" }]);
  });

  test.each([
    ["/api/query?query=", "query is missing"],
    ["/api/query?query=up&at=noon", "at must be a number"],
    [`/api/query-range?${query("up")}&step=0`, "step"],
    [`/api/query-range?${query("up")}&last=2000000&step=1000`, "at most 1000 steps"],
    [`/api/query-range?${query("up")}&from=5000&to=1000&step=1000`, "from must not be after to"],
    [`/api/query?${query("predict_linear(up[5m], 60)")}`, "predict_linear is not supported (at character 1)"],
    [`/api/query?${query("rate(up[5m:1m])")}`, "at character"],
    [`/api/query-range?${query("up[5m]")}&step=1000`, "A range vector stands only inside a function"],
    [`/api/exemplars?${query("sum(")}`, "expected"],
  ])("answers %s with a sentence that says which part is not understood", async (address, part) => {
    const { body, headers } = await observatory.http.get(address).expect(400);

    expect(headers["content-type"]).toBe("application/problem+json");
    expect((body as Problem).detail.toLowerCase()).toContain(part.toLowerCase());
  });
});

const close = (value: number): number => expect.closeTo(value, 3) as unknown as number;
