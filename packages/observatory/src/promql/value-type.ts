import { functionSignatures } from "./function-signatures.ts";
import type { Expression, ValueType } from "./syntax-tree.ts";

export function valueTypeOf(expression: Expression): ValueType {
  switch (expression.kind) {
    case "number":
      return "scalar";
    case "negation":
      return valueTypeOf(expression.operand);
    case "selector":
      return expression.rangeMs === null ? "vector" : "range";
    case "aggregation":
      return "vector";
    case "call":
      return functionSignatures.get(expression.name)?.returns ?? "vector";
    case "binary":
      break;
  }
  const sides = [expression.left, expression.right].map(valueTypeOf);
  return sides.includes("vector") ? "vector" : "scalar";
}

export const describeType = (type: ValueType): string =>
  ({ scalar: "a scalar", vector: "an instant vector", range: "a range vector" })[type];
