import type { Business, CheckoutObjective, CurrencyFigures } from "../api-types.ts";
import type { Sample } from "../promql/series.ts";
import { viewAlert } from "./metric-views.ts";
import type { Monitoring } from "./monitoring.ts";

/** As the burn-rate rules are named. */
const BURN_WINDOWS = ["1m", "5m", "30m", "1h", "6h"] as const;
/** What the snapshot carries every second; /api/alerts has all of them. */
const MOST_ALERTS = 20;

type Source = Pick<Monitoring, "query" | "alerts" | "rules" | "targets" | "evaluatedAtMs">;

/** Reads what the rules recorded. Between two evaluations it stays the same, so that it is read once. */
export function createBusinessFigures(monitoring: Source): () => Business {
  let read: Pick<Business, "revenue" | "orders" | "checkout"> | undefined;
  let readAtMs: number | null = null;

  return () => {
    const evaluatedAtMs = monitoring.evaluatedAtMs();
    if (read === undefined || evaluatedAtMs !== readAtMs) {
      read = readFigures(monitoring, evaluatedAtMs ?? 0);
      readAtMs = evaluatedAtMs;
    }
    const targets = monitoring.targets();
    return {
      evaluatedAtMs,
      targets: { up: targets.filter(({ health }) => health === "up").length, all: targets.length },
      failingRules: monitoring.rules().filter(({ health }) => health === "error").length,
      ...read,
      alerts: monitoring
        .alerts()
        .map(viewAlert)
        .toSorted((a, b) => (a.state < b.state ? -1 : a.state > b.state ? 1 : 0))
        .slice(0, MOST_ALERTS),
    };
  };
}

function readFigures({ query }: Source, atMs: number): Pick<Business, "revenue" | "orders" | "checkout"> {
  const series = (selector: string): readonly Sample[] => {
    const value = query(selector, atMs);
    return typeof value === "number" ? [] : value;
  };
  return {
    revenue: revenueOf(
      series("mall:revenue_minor_units:per_minute"),
      series("mall:average_order_value_minor_units:max"),
    ),
    orders: series("mall:orders:per_minute")
      .map(({ labels, value }) => ({ state: labels.get("state"), perMinute: measured(value) }))
      // What was confirmed first, what was cancelled after it.
      .toSorted((a, b) => (a.state < b.state ? 1 : -1)),
    checkout: checkoutOf(series),
  };
}

function revenueOf(revenue: readonly Sample[], average: readonly Sample[]): readonly CurrencyFigures[] {
  const currencies = new Set([...revenue, ...average].map(({ labels }) => labels.get("currency")));
  const of = (samples: readonly Sample[], currency: string): number | null =>
    measured(samples.find(({ labels }) => labels.get("currency") === currency)?.value);
  return [...currencies].toSorted().map((currency) => ({
    currency,
    minorUnitsPerMinute: of(revenue, currency),
    averageOrderMinorUnits: of(average, currency),
  }));
}

function checkoutOf(series: (selector: string) => readonly Sample[]): CheckoutObjective {
  const only = (selector: string): number | null => measured(series(selector)[0]?.value);
  return {
    objective: only('slo:objective:ratio{slo="checkout"}'),
    success: only("mall:checkout_success:ratio_rate5m"),
    budgetLeft: only('slo:error_budget_left:ratio{slo="checkout"}'),
    burnRates: BURN_WINDOWS.map((window) => ({
      window,
      rate: only(`slo:burn_rate:rate${window}{slo="checkout"}`),
    })),
  };
}

/** What is divided by no traffic is NaN: nothing was measured. */
const measured = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : value;
