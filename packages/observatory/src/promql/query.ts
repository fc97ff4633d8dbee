import { evaluate, type Value } from "./evaluate.ts";
import { parseQuery } from "./parser.ts";
import { PromqlError } from "./promql-error.ts";
import type { SeriesSource } from "./series.ts";
import { valueTypeOf } from "./value-type.ts";

export const MOST_STEPS = 1_000;

/** Times are milliseconds since 1970. */
export type Steps = { readonly fromMs: number; readonly toMs: number; readonly stepMs: number };

/** Reads and answers a query at an instant. @throws {PromqlError} */
export const queryInstant = (query: string, source: SeriesSource, atMs: number): Value =>
  evaluate(parseInstantQuery(query), source, atMs);

export type RangeStep = { readonly timeMs: number; readonly value: Value };

/** Answers a query at each step, the ends included. @throws {PromqlError} */
export function queryRange(
  query: string,
  source: SeriesSource,
  { fromMs, toMs, stepMs }: Steps,
): readonly RangeStep[] {
  const steps = Math.floor((toMs - fromMs) / stepMs) + 1;
  if (!(stepMs > 0) || !(steps >= 1 && steps <= MOST_STEPS))
    throw new PromqlError(`a range has 1 to ${MOST_STEPS} steps`, 0);
  const expression = parseInstantQuery(query);
  return Array.from({ length: steps }, (_, step) => {
    const timeMs = fromMs + step * stepMs;
    return { timeMs, value: evaluate(expression, source, timeMs) };
  });
}

function parseInstantQuery(query: string) {
  const expression = parseQuery(query);
  if (valueTypeOf(expression) === "range")
    throw new PromqlError("a range vector stands only inside a function such as rate", expression.position);
  return expression;
}
