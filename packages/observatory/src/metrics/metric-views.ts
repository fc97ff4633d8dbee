import type { Labels } from "../promql/labels.ts";
import type { Value } from "../promql/evaluate.ts";
import type { AlertInstance } from "../rules/alert-state.ts";
import type { RuleHealth } from "../rules/rule-engine.ts";
import type { Exemplar } from "./exemplar-store.ts";

/** As JSON: labels as pairs, which are only ever shown as text; numbers as text, for JSON has no NaN. */
type Pairs = readonly (readonly [name: string, value: string])[];

export type QueryAnswer =
  | { readonly type: "scalar"; readonly value: string }
  | {
      readonly type: "vector";
      readonly samples: readonly { readonly labels: Pairs; readonly value: string }[];
    };

export type AlertView = {
  readonly name: string;
  readonly state: "pending" | "firing";
  readonly labels: Pairs;
  readonly annotations: Pairs;
  readonly value: string;
  readonly activeAtMs: number;
  readonly firingSinceMs: number | null;
};

export type RuleView = Omit<RuleHealth, "rule"> & {
  readonly name: string;
  readonly kind: "recording" | "alerting";
  readonly query: string;
  /** Of a recording rule always 0. */
  readonly forMs: number;
};

export type ExemplarView = Omit<Exemplar, "series" | "value"> & {
  readonly series: Pairs;
  readonly value: string;
};

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

const pairsWithout = (labels: Labels, name: string): Pairs => labels.without([name]).pairs;

/** Prometheus's own words for what is no finite number. */
const formatNumber = (value: number): string =>
  value === Number.POSITIVE_INFINITY ? "+Inf" : value === Number.NEGATIVE_INFINITY ? "-Inf" : String(value);
