import type {
  AlertView,
  ExemplarView,
  LabelPairs,
  QueryAnswer,
  RangeAnswer,
  RangeSeries,
  RuleView,
  TargetView,
} from "../api-types.ts";
import type { Value } from "../promql/evaluate.ts";
import { type Labels, noLabels } from "../promql/labels.ts";
import type { RangeStep, Steps } from "../promql/query.ts";
import type { AlertInstance } from "../rules/alert-state.ts";
import type { RuleHealth } from "../rules/rule-engine.ts";
import type { Exemplar } from "./exemplar-store.ts";
import type { TargetHealth } from "./target-scrape.ts";

/** More lines than anybody can tell apart. */
const MOST_LINES = 50;

/** In the order of their labels; what `topk` limits was limited before. */
export function viewAnswer(value: Value): QueryAnswer {
  if (typeof value === "number") return { type: "scalar", value: formatNumber(value) };
  const samples = value.toSorted((a, b) => (a.labels.key < b.labels.key ? -1 : 1));
  return {
    type: "vector",
    samples: samples.map((sample) => ({
      labels: sample.labels.pairs,
      value: formatNumber(sample.value),
    })),
  };
}

/** From a value for each step to a line for each series. A scalar is a series without labels. */
export function viewRange(steps: readonly RangeStep[], { fromMs, toMs, stepMs }: Steps): RangeAnswer {
  const lines = new Map<string, { labels: LabelPairs; values: (number | null)[] }>();
  for (const [at, { value }] of steps.entries()) {
    const samples = typeof value === "number" ? [{ labels: noLabels, value }] : value;
    for (const sample of samples) {
      const { key, pairs } = sample.labels;
      const line = lines.get(key) ?? { labels: pairs, values: steps.map(() => null) };
      lines.set(key, line);
      line.values[at] = Number.isFinite(sample.value) ? sample.value : null;
    }
  }
  const sorted = [...lines.values()].toSorted((a, b) => lastValue(b) - lastValue(a));
  const series = sorted.slice(0, MOST_LINES);
  return { fromMs, toMs, stepMs, series, leftOut: sorted.length - series.length };
}

export const viewTarget = ({ url: _internal, ...target }: TargetHealth): TargetView => target;

export const viewAlert = ({ labels, annotations, value, ...times }: AlertInstance): AlertView => ({
  name: labels.get("alertname"),
  labels: pairsWithout(labels, "alertname"),
  annotations: [...annotations],
  value: formatNumber(value),
  ...times,
});

export const viewRule = ({ rule, ...health }: RuleHealth): RuleView => ({
  ...health,
  name: rule.name,
  kind: rule.kind,
  query: rule.query,
  forMs: rule.kind === "alerting" ? rule.forMs : 0,
});

export const viewExemplar = ({ series, value, ...exemplar }: Exemplar): ExemplarView => ({
  ...exemplar,
  series: series.pairs,
  value: formatNumber(value),
});

const pairsWithout = (labels: Labels, name: string): LabelPairs => labels.without([name]).pairs;

const lastValue = ({ values }: RangeSeries): number =>
  values.findLast((value) => value !== null) ?? Number.NEGATIVE_INFINITY;

/** Prometheus's own words for what is no finite number. */
const formatNumber = (value: number): string =>
  value === Number.POSITIVE_INFINITY ? "+Inf" : value === Number.NEGATIVE_INFINITY ? "-Inf" : String(value);
