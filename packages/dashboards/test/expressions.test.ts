import { beforeAll, describe, expect, test } from "@jest/globals";
import { parseQuery } from "@mall/observatory/promql";
import { analysisQueries } from "./support/analysis-queries.ts";
import { dashboardFiles, expressions, panelsOf, variableQueries } from "./support/dashboard-files.ts";
import { platformMetrics } from "./support/platform-metrics.ts";
import { recordedSeries } from "./support/recorded-series.ts";
import { withSampleValues } from "./support/sample-values.ts";
import { type ServedMetrics, servedMetrics } from "./support/served-metrics.ts";
import { aggregationsOf, metricOf, selectorsOf } from "./support/syntax.ts";

const read = (written: string) => parseQuery(withSampleValues(written));

/** Given by the scrape to everything that a pod of the mall exports; see the ServiceMonitors. */
const targetLabels = [
  "namespace",
  "pod",
  "service",
  "version",
  "rollouts_pod_template_hash",
  "instance",
  "job",
];

let served: ServedMetrics;
beforeAll(async () => {
  served = await servedMetrics();
}, 60_000);

// There is no list of exceptions: what the observatory cannot read, it could not be compared with Prometheus in either.
test("the observatory can read every expression, of the dashboards and of the analysis of canaries", () => {
  const refused = [...expressions, ...analysisQueries].flatMap((written) => {
    try {
      return read(written) && [];
    } catch (error) {
      return `${String(error)} in ${written}`;
    }
  });

  expect(expressions.length).toBeGreaterThan(80);
  expect(refused).toEqual([]);
});

describe("every metric", () => {
  const used = new Set(
    [...expressions, ...analysisQueries, ...variableQueries.map(({ selector }) => selector)].flatMap(
      (written) => selectorsOf(read(written)).map(metricOf),
    ),
  );

  test("is exported by a service, recorded by a rule, or stands on the list of the platform's", () => {
    const unknown = [...used].filter(
      (name) => !served.has(name) && !recordedSeries.has(name) && !platformMetrics.has(name),
    );

    expect(unknown).toEqual([]);
  });

  test("on the list of the platform's is used, and is no service's", () => {
    expect([...platformMetrics].filter((name) => !used.has(name))).toEqual([]);
    expect([...platformMetrics].filter((name) => served.has(name) || recordedSeries.has(name))).toEqual([]);
  });
});

test("what selects or groups a series of the mall is a label that the series has", () => {
  const wrong = [...expressions, ...analysisQueries].flatMap((written) => {
    const expression = read(written);
    const selectors = selectorsOf(expression).filter((selector) => labelsOf(metricOf(selector)));
    const matched = selectors.flatMap((selector) =>
      selector.matchers.filter(({ name }) => !labelsOf(metricOf(selector))?.has(name)),
    );
    const known = new Set(selectors.flatMap((selector) => [...(labelsOf(metricOf(selector)) ?? [])]));
    const grouped = aggregationsOf(expression).flatMap(({ labels, operand }) =>
      selectorsOf(operand).every((selector) => labelsOf(metricOf(selector)))
        ? labels.filter((label) => !known.has(label))
        : [],
    );
    return [...matched.map(({ name }) => name), ...grouped].map((label) => `${label} in ${written}`);
  });

  expect(wrong).toEqual([]);
});

/** Undefined for what the platform exports. */
function labelsOf(metric: string): ReadonlySet<string> | undefined {
  const recorded = recordedSeries.get(metric);
  if (recorded) return new Set(["__name__", ...recorded]);
  const exported = served.get(metric);
  return exported && new Set([...exported, ...targetLabels]);
}

test("a legend names labels that the query keeps", () => {
  const wrong = [...dashboardFiles.values()].flatMap((file) =>
    panelsOf(file).flatMap(({ targets = [] }) =>
      targets.flatMap(({ expr, legendFormat }) => {
        const expression = read(expr);
        const kept = new Set([
          ...aggregationsOf(expression).flatMap(({ labels }) => labels),
          ...selectorsOf(expression).flatMap((selector) => [...(labelsOf(metricOf(selector)) ?? [])]),
        ]);
        return [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)]
          .filter(([, label = ""]) => !kept.has(label))
          .map(([label]) => `${label} of ${expr}`);
      }),
    ),
  );

  expect(wrong).toEqual([]);
});
