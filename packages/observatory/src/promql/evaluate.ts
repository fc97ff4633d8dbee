import { aggregate } from "./aggregate.ts";
import { evaluateCall } from "./evaluate-call.ts";
import { calculate, compare } from "./operators.ts";
import { PromqlError } from "./promql-error.ts";
import { type Sample, SampleWindow, type SeriesSource } from "./series.ts";
import {
  type Aggregation,
  type Binary,
  type Expression,
  isComparison,
  isSetOperator,
  type Selector,
} from "./syntax-tree.ts";
import { combineVectors } from "./vector-matching.ts";

/** How old a sample may be and still stand for now. Prometheus's default. */
export const LOOKBACK_MS = 5 * 60_000;

/** A scalar, or an instant vector in no particular order. */
export type Value = number | readonly Sample[];

export type Evaluation = {
  readonly source: SeriesSource;
  readonly atMs: number;
  /** For the samples of one series at a time. */
  readonly window: SampleWindow;
};

/**
 * The value of an expression at an instant, as Prometheus 2.42 would answer it from the same samples.
 * @throws {PromqlError} for a range vector, for labels that do not match one to one, and for equal labels
 */
export function evaluate(expression: Expression, source: SeriesSource, atMs: number): Value {
  return evaluateIn({ source, atMs, window: new SampleWindow() }, expression);
}

export function evaluateIn(evaluation: Evaluation, expression: Expression): Value {
  switch (expression.kind) {
    case "number":
      return expression.value;
    case "negation":
      return negate(evaluateIn(evaluation, expression.operand), expression.position);
    case "selector":
      return select(evaluation, expression);
    case "aggregation":
      return evaluateAggregation(evaluation, expression);
    case "call":
      return evaluateCall(evaluation, expression);
    case "binary":
      break;
  }
  return evaluateBinary(evaluation, expression);
}

export function evaluateVector(evaluation: Evaluation, expression: Expression): readonly Sample[] {
  const value = evaluateIn(evaluation, expression);
  if (typeof value === "number") throw new PromqlError("expected an instant vector", expression.position);
  return value;
}

export function evaluateScalar(evaluation: Evaluation, expression: Expression): number {
  const value = evaluateIn(evaluation, expression);
  if (typeof value !== "number") throw new PromqlError("expected a scalar", expression.position);
  return value;
}

/** @throws {PromqlError} when two samples have the same labels, as may happen where the metric's name is dropped */
export function distinct(samples: readonly Sample[], position: number): readonly Sample[] {
  if (new Set(samples.map(({ labels }) => labels.key)).size < samples.length)
    throw new PromqlError("several series have the same labels without their metric's name", position);
  return samples;
}

function select({ source, atMs }: Evaluation, { matchers, rangeMs, offsetMs, position }: Selector): Sample[] {
  if (rangeMs !== null)
    throw new PromqlError("a range vector stands only inside a function such as rate", position);
  return source.select(matchers).flatMap((series) => {
    const value = series.newest(atMs - offsetMs, LOOKBACK_MS);
    return value === undefined ? [] : [{ labels: series.labels, value }];
  });
}

function negate(value: Value, position: number): Value {
  if (typeof value === "number") return -value;
  return distinct(
    value.map((sample) => ({ labels: sample.labels.withoutName(), value: -sample.value })),
    position,
  );
}

function evaluateAggregation(evaluation: Evaluation, aggregation: Aggregation): readonly Sample[] {
  const { operand, parameter } = aggregation;
  const limit = parameter === null ? 0 : evaluateScalar(evaluation, parameter);
  return aggregate(aggregation, evaluateVector(evaluation, operand), limit);
}

function evaluateBinary(evaluation: Evaluation, binary: Binary): Value {
  const left = evaluateIn(evaluation, binary.left);
  const right = evaluateIn(evaluation, binary.right);
  if (typeof left !== "number" && typeof right !== "number")
    return distinct(combineVectors(binary, left, right), binary.position);
  if (typeof left === "number" && typeof right === "number") return combineScalars(binary, left, right);
  const samples = typeof left === "number" ? (right as readonly Sample[]) : left;
  return distinct(
    samples.flatMap((sample) => combineWithScalar(binary, sample, left, right)),
    binary.position,
  );
}

function combineScalars({ operator }: Binary, left: number, right: number): number {
  if (isSetOperator(operator)) return Number.NaN;
  return isComparison(operator) ? Number(compare(operator, left, right)) : calculate(operator, left, right);
}

function combineWithScalar({ operator, bool }: Binary, sample: Sample, left: Value, right: Value): Sample[] {
  const [a, b] = [left, right].map((side) => (typeof side === "number" ? side : sample.value));
  if (a === undefined || b === undefined || isSetOperator(operator)) return [];
  const unnamed = sample.labels.withoutName();
  if (!isComparison(operator)) return [{ labels: unnamed, value: calculate(operator, a, b) }];
  const holds = compare(operator, a, b);
  if (bool) return [{ labels: unnamed, value: Number(holds) }];
  return holds ? [sample] : [];
}
