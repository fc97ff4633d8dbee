import { distinct, type Evaluation, evaluateScalar, evaluateVector, type Value } from "./evaluate.ts";
import { histogramQuantile } from "./histogram-quantile.ts";
import { Labels, METRIC_NAME, noLabels } from "./labels.ts";
import { PromqlError } from "./promql-error.ts";
import { type RangeFunction, rangeFunctions } from "./range-functions.ts";
import type { Sample } from "./series.ts";
import type { Call, Expression } from "./syntax-tree.ts";

const mappings: ReadonlyMap<string, (value: number, ...parameters: readonly number[]) => number> = new Map<
  string,
  (value: number, ...parameters: readonly number[]) => number
>([
  ["abs", Math.abs],
  ["ceil", Math.ceil],
  ["floor", Math.floor],
  ["sqrt", Math.sqrt],
  ["exp", Math.exp],
  ["ln", Math.log],
  ["clamp_min", (value, least = Number.NaN) => larger(least, value)],
  ["clamp_max", (value, most = Number.NaN) => smaller(most, value)],
  ["clamp", (value, least = Number.NaN, most = Number.NaN) => larger(least, smaller(most, value))],
  // Halves go up, also below zero; dividing by the inverse rounds better than multiplying.
  ["round", (value, step = 1) => Math.floor(value * (1 / step) + 0.5) / (1 / step)],
]);

/** As Go has it: infinity is larger than NaN, where JavaScript answers NaN. */
function larger(a: number, b: number): number {
  return a === Number.POSITIVE_INFINITY || b === Number.POSITIVE_INFINITY
    ? Number.POSITIVE_INFINITY
    : Math.max(a, b);
}

function smaller(a: number, b: number): number {
  return -larger(-a, -b);
}

export function evaluateCall(evaluation: Evaluation, call: Call): Value {
  const { name, args, position } = call;
  const overRange = rangeFunctions.get(name);
  if (overRange) return applyToRange(evaluation, call, overRange);
  if (name === "time") return evaluation.atMs / 1000;
  const [first, ...others] = args;
  if (!first) throw new PromqlError(`${name} needs an argument`, position);

  switch (name) {
    case "scalar": {
      const [only, another] = evaluateVector(evaluation, first);
      return only && !another ? only.value : Number.NaN;
    }
    case "vector":
      return [{ labels: noLabels, value: evaluateScalar(evaluation, first) }];
    case "absent":
      return evaluateVector(evaluation, first).length > 0 ? [] : [{ labels: absentLabels(first), value: 1 }];
    case "histogram_quantile": {
      const buckets = others[0] ? evaluateVector(evaluation, others[0]) : [];
      return histogramQuantile(evaluateScalar(evaluation, first), buckets);
    }
    default:
      return mapValues(evaluation, call, first, others);
  }
}

function applyToRange({ source, atMs, window }: Evaluation, call: Call, apply: RangeFunction) {
  const [selector] = call.args;
  if (selector?.kind !== "selector" || selector.rangeMs === null)
    throw new PromqlError(`${call.name} needs a range selector`, call.position);
  const toMs = atMs - selector.offsetMs;
  const range = { fromMs: toMs - selector.rangeMs, toMs };
  // The newest value is still the metric itself; everything else is something new, without its name.
  const keepsName = call.name === "last_over_time";
  const samples: Sample[] = [];
  for (const series of source.select(selector.matchers)) {
    series.read(range.fromMs, range.toMs, window);
    const value = window.length === 0 ? undefined : apply(window, range);
    const { labels } = series;
    if (value !== undefined) samples.push({ labels: keepsName ? labels : labels.withoutName(), value });
  }
  return distinct(samples, call.position);
}

function mapValues(
  evaluation: Evaluation,
  { name, position }: Call,
  operand: Expression,
  others: readonly Expression[],
): readonly Sample[] {
  const map = mappings.get(name);
  if (!map) throw new PromqlError(`the function ${name} is not supported`, position);
  const parameters = others.map((each) => evaluateScalar(evaluation, each));
  const [least = 0, most = 0] = parameters;
  if (name === "clamp" && least > most) return [];
  const samples = evaluateVector(evaluation, operand).map(({ labels, value }) => ({
    labels: labels.withoutName(),
    value: map(value, ...parameters),
  }));
  return distinct(samples, position);
}

/** The labels that the absent series would have had, as far as the selector says: one value, said once. */
function absentLabels(expression: Expression): Labels {
  if (expression.kind !== "selector") return noLabels;
  const said = new Map<string, string>();
  const seen = new Set<string>();
  for (const { name, operator, value } of expression.matchers) {
    if (name === METRIC_NAME) continue;
    if (operator === "=" && !seen.has(name)) {
      said.set(name, value);
      seen.add(name);
    } else said.delete(name);
  }
  return Labels.of(said);
}
