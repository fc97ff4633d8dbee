import type { Expression, Selector } from "./syntax-tree.ts";

/** Every selector in an expression, from left to right. */
export function selectorsOf(expression: Expression): readonly Selector[] {
  switch (expression.kind) {
    case "number":
      return [];
    case "selector":
      return [expression];
    case "negation":
      return selectorsOf(expression.operand);
    case "binary":
      return [...selectorsOf(expression.left), ...selectorsOf(expression.right)];
    case "aggregation":
      return [
        ...(expression.parameter ? selectorsOf(expression.parameter) : []),
        ...selectorsOf(expression.operand),
      ];
    case "call":
      break;
  }
  return expression.args.flatMap(selectorsOf);
}
