import type { Aggregation, Expression, Selector } from "./syntax-tree.ts";

/** An expression and all its parts, from left to right. */
export const partsOf = (expression: Expression): readonly Expression[] => [
  expression,
  ...childrenOf(expression).flatMap(partsOf),
];

export const selectorsOf = (expression: Expression): readonly Selector[] =>
  partsOf(expression).filter((part) => part.kind === "selector");

export const aggregationsOf = (expression: Expression): readonly Aggregation[] =>
  partsOf(expression).filter((part) => part.kind === "aggregation");

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
