import { describe, expect, test } from "@jest/globals";
import { formatBurnRate, formatMoney, formatPercent, formatPerMinute } from "../page/src/business/amounts.ts";
import { burnStateOf } from "../page/src/business/burn-state.ts";
import { whatIsMissing } from "../page/src/business/what-is-missing.ts";
import { EXAMPLES } from "../page/src/promql/examples.ts";
import { seriesText } from "../page/src/promql/series-text.ts";
import { formatValue, scaleOf } from "../page/src/promql/plot-scale.ts";
import type { AlertView, Business } from "../src/api-types.ts";
import { parseQuery } from "../src/promql/parser.ts";

const business = (over: Partial<Business> = {}): Business => ({
  evaluatedAtMs: 1,
  targets: { up: 11, all: 11 },
  failingRules: 0,
  revenue: [{ currency: "USD", minorUnitsPerMinute: 1, averageOrderMinorUnits: 1 }],
  orders: [{ state: "confirmed", perMinute: 1 }],
  checkout: { objective: 0.995, success: 1, budgetLeft: 1, burnRates: [{ window: "5m", rate: 0 }] },
  alerts: [],
  ...over,
});

const alert = (name: string, slo: string, state: AlertView["state"] = "firing"): AlertView => ({
  name,
  state,
  labels: [["slo", slo]],
  annotations: [],
  value: "20",
  activeAtMs: 1,
  firingSinceMs: null,
});

describe("the business figures", () => {
  test.each([
    [123_456.4, "USD", "$1,234.56"],
    [123_456.4, "KRW", "₩123,456"],
    [123_456.4, "KWD", "KWD 123.456"],
    [0, "EUR", "€0.00"],
    [null, "EUR", "–"],
    [12.34, "<b>no currency</b>", "12.3 minor units of <b>no currency</b>"],
  ])("%p minor units of %s are %s", (minorUnits, currency, text) => {
    expect(formatMoney(minorUnits, currency).replaceAll("\u00a0", " ")).toBe(text);
  });

  test.each([
    [1, "100 %"],
    [0.99999, "99.99 %"],
    [0.995, "99.5 %"],
    [0.8449, "84.4 %"],
    [-1.2, "-120 %"],
    [null, "–"],
  ])("a share of %p is %s, never rounded up to what was promised", (share, text) => {
    expect(formatPercent(share)).toBe(text);
  });

  test("rates keep small numbers apart from nothing", () => {
    expect([0, 0.04, 12.345, null].map(formatPerMinute)).toEqual(["0", "<0.1", "12.3", "–"]);
    expect([0, 0.26, 14.4, null].map(formatBurnRate)).toEqual(["0×", "0.3×", "14×", "–"]);
  });

  test("the gravest alert on the checkout's budget is its state; another objective's is not", () => {
    const now = alert("ErrorBudgetBurnsNow", "checkout");
    const stateWith = (...alerts: AlertView[]) => burnStateOf(business({ alerts })).word;

    expect(stateWith()).toBe("Steady");
    expect(stateWith(now)).toBe("Burning now");
    expect(stateWith(now, alert("ErrorBudgetBurnsFast", "checkout"))).toBe("Burns fast");
    expect(stateWith(alert("ErrorBudgetBurnsSlowly", "checkout"), now)).toBe("Burns slowly");
    expect(stateWith(alert("ErrorBudgetBurnsFast", "latency"))).toBe("Steady");
    expect(stateWith(alert("ErrorBudgetBurnsFast", "checkout", "pending"))).toBe("Steady");
  });

  test("without traffic the state of the budget is not known, which is not the same as steady", () => {
    const checkout = {
      objective: 0.995,
      success: null,
      budgetLeft: null,
      burnRates: [{ window: "5m", rate: null }],
    };

    expect(burnStateOf(business({ checkout })).health).toBe("idle");
  });

  test.each<[string, Partial<Business>, RegExp | null]>([
    ["everything is there", {}, null],
    ["nobody is scraped", { targets: { up: 0, all: 0 }, evaluatedAtMs: null }, /METRICS_TARGETS/],
    ["nothing was evaluated yet", { evaluatedAtMs: null }, /Waiting for the first metrics/],
    ["nobody answers", { targets: { up: 0, all: 11 } }, /None of the 11 services/],
    ["somebody does not answer", { targets: { up: 9, all: 11 } }, /Only 9 of 11 services/],
    ["a rule cannot be evaluated", { failingRules: 3 }, /3 of the rules/],
    ["nothing was sold", { revenue: [], orders: [] }, /No order/],
  ])("when %s, it is said", (_when, over, sentence) => {
    const said = whatIsMissing(business(over));

    if (sentence === null) expect(said).toBeNull();
    else expect(said).toMatch(sentence);
  });
});

describe("the plot", () => {
  test.each([
    [[0, 13], 0, 15],
    [[null, 0.0003, 0.0009], 0, 0.001],
    [[-2, 6], -2, 6],
    [[null, 0, 0], 0, 1],
  ])("of %p reaches from %p to %p in round steps", (values, min, max) => {
    const scale = scaleOf(values);

    expect(scale.min).toBeCloseTo(min, 9);
    expect(scale.max).toBeCloseTo(max, 9);
    expect(scale.ticks.length).toBeLessThanOrEqual(7);
    expect(scale.ticks).toHaveLength(new Set(scale.ticks.map(formatValue)).size);
  });

  test("values are short, and none is mistaken for nothing", () => {
    expect([0, 0.25, 1234.5, 3_400_000, 0.000_012, null].map(formatValue)).toEqual([
      "0",
      "0.25",
      "1.235K",
      "3.4M",
      "1.20e-5",
      "–",
    ]);
  });
});

describe("the query box", () => {
  test.each(EXAMPLES)("can answer its example %p", (_question, example) => {
    expect(() => parseQuery(example)).not.toThrow();
  });

  test("writes a series as its selector", () => {
    expect(
      seriesText([
        ["__name__", "up"],
        ["service", 'a"b'],
      ]),
    ).toBe('up{service="a\\"b"}');
    expect(seriesText([["__name__", "up"]])).toBe("up");
    expect(seriesText([])).toBe("{}");
  });
});
