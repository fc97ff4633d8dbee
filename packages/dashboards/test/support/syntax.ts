import type { Aggregation, Expression, Selector } from "../../../observatory/src/promql/syntax-tree.ts";

/** An expression and all its parts. */
export function partsOf(expression: Expression): readonly Expression[] {
  return [expression, ...childrenOf(expression).flatMap(partsOf)];
}

function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "negation":
      return [expression.operand];
    case "aggregation":
      return expression.parameter ? [expression.parameter, expression.operand] : [expression.operand];
    case "call":
      return expression.args;
    case "binary":
      return [expression.left, expression.right];
    case "number":
    case "selector":
      break;
  }
  return [];
}

export const selectorsOf = (expression: Expression): readonly Selector[] =>
  partsOf(expression).filter((part) => part.kind === "selector");

export const aggregationsOf = (expression: Expression): readonly Aggregation[] =>
  partsOf(expression).filter((part) => part.kind === "aggregation");

/** @throws {Error} for a selector that leaves the name open: then nobody knows what it shows */
export function metricOf({ matchers }: Selector): string {
  const named = matchers.find(({ name, operator }) => name === "__name__" && operator === "=");
  if (!named) throw new Error("a selector names no metric");
  return named.value;
}
