import { parseQuery } from "@mall/observatory/promql";
import { Labels, METRIC_NAME } from "../../../observatory/src/promql/labels.ts";
import type { LabelMatcher } from "../../../observatory/src/promql/label-matcher.ts";
import type { Selector } from "../../../observatory/src/promql/syntax-tree.ts";
import type { WrittenSample, WrittenSeries } from "../../../observatory/test/support/remote-write.ts";
import { aggregationsOf, metricOf, selectorsOf } from "./syntax.ts";

/** Values that a label may have in a mall that runs; a label that is not here is told apart by a number. */
const plausible: Readonly<Record<string, readonly string[]>> = {
  namespace: ["mall-prod"],
  service: ["cart", "checkout"],
  peer_service: ["product", "cart"],
  http_request_method: ["GET", "POST"],
  http_route: ["/carts/{id}", "/orders"],
  http_response_status_code: ["200", "500", "503"],
  outcome: ["accepted", "failed", "503"],
  state: ["confirmed", "active", "idle"],
  currency: ["USD", "EUR", "KRW", "KWD"],
  slo: ["checkout", "availability", "latency"],
  alertstate: ["firing", "pending"],
  rollouts_pod_template_hash: ["7d9f8c6b5", "5c8b7d4f6"],
  cluster_name: ["stable", "canary"].map(
    (subset) => `outbound|80|${subset}|cart.mall-prod.svc.cluster.local`,
  ),
  response_code_class: ["2xx", "5xx", "4xx"],
  pod: ["cart-7d9f8c6b5-x2x4z", "cart-5c8b7d4f6-b9q7w"],
  container: ["cart", "service"],
  resource: ["cpu", "memory"],
  name: ["cart", "cart-7d9f8c6b5-3"],
  dry_run: ["false"],
  application_name: ["cart"],
  horizontalpodautoscaler: ["cart"],
  client_k8s_namespace_name: ["mall-prod", ""],
  server_k8s_namespace_name: ["", "mall-prod"],
  reporter: ["destination", "source"],
  destination_service_namespace: ["mall-prod"],
  destination_service_name: ["cart"],
  response_flags: ["-", "UH"],
  connection_security_policy: ["mutual_tls", "none"],
  le: ["0.005", "0.05", "0.5", "5", "+Inf"],
};
const perSelector = 4;

/** Lends its samples to series of the same kind. */
export interface Lender {
  readonly counters: readonly (readonly WrittenSample[])[];
  readonly gauges: readonly (readonly WrittenSample[])[];
  /** Of what is 1 while it is there. */
  readonly flags: readonly (readonly WrittenSample[])[];
}

/**
 * Series for every selector in the queries, so that each finds some, and so that what a query joins by a label is
 * there on both sides. Their samples are the lender's, with its resets, gaps and NaNs.
 * @throws {Error} for a matcher that no plausible value meets
 */
export function exampleSeries(queries: readonly string[], lender: Lender): readonly WrittenSeries[] {
  const expressions = queries.map((query) => parseQuery(query));
  const labelsByMetric = new Map<string, Set<string>>();
  for (const expression of expressions) {
    const grouped = aggregationsOf(expression).flatMap(({ labels }) => labels);
    for (const selector of selectorsOf(expression)) {
      const labels = labelsByMetric.get(metricOf(selector)) ?? new Set<string>();
      labelsByMetric.set(metricOf(selector), labels);
      for (const label of [...grouped, ...selector.matchers.map(({ name }) => name)]) labels.add(label);
    }
  }

  const series = new Map<string, WrittenSeries>();
  for (const selector of expressions.flatMap(selectorsOf)) {
    const names = [...(labelsByMetric.get(metricOf(selector)) ?? [])].filter((name) => name !== METRIC_NAME);
    for (let at = 0; at < perSelector; at++)
      for (const one of withBuckets(metricOf(selector), valuesFor(selector, names, at), at, lender))
        series.set(one.labels.key, one);
  }
  return [...series.values()];
}

function valuesFor(selector: Selector, names: readonly string[], at: number): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => {
      const matchers = selector.matchers.filter((matcher) => matcher.name === name);
      const fitting = candidates(name, matchers).filter((value) =>
        matchers.every(({ matches }) => matches(value)),
      );
      const value = fitting[at % fitting.length];
      if (value === undefined)
        throw new Error(
          `no value of ${name} meets ${matchers.map((each) => `${each.operator}"${each.value}"`).join()}`,
        );
      return [name, value];
    }),
  );
}

const candidates = (name: string, matchers: readonly LabelMatcher[]): readonly string[] => [
  ...(plausible[name] ?? ["1", "2"]),
  ...matchers.filter(({ operator }) => operator === "=").map(({ value }) => value),
];

/** A bucket's series stands for its whole histogram: of a lone bucket no quantile can be told. */
function withBuckets(
  metric: string,
  values: Readonly<Record<string, string>>,
  at: number,
  lender: Lender,
): readonly WrittenSeries[] {
  const labelled = (more: Readonly<Record<string, string>>) =>
    Labels.of([...Object.entries({ ...values, ...more }), [METRIC_NAME, metric]]);
  const lent = lender[kindOf(metric)];
  const samples = lent[(at + metric.length) % lent.length] ?? [];
  if (!metric.endsWith("_bucket")) return [{ labels: labelled({}), samples }];
  const bounds = plausible["le"] ?? [];
  return bounds.map((le, below) => ({
    labels: labelled({ le }),
    samples: samples.map(({ timeMs, value }) => ({
      timeMs,
      value: value === undefined ? undefined : Math.floor((value * (below + 1)) / bounds.length),
    })),
  }));
}

function kindOf(metric: string): keyof Lender {
  if (/^(?:up|ALERTS)$|_(?:info|phase)$/.test(metric)) return "flags";
  return /_(?:total|bucket|count|rq|retry|fail|overflow)$/.test(metric) ? "counters" : "gauges";
}
