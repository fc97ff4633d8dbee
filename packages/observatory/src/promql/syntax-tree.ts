import type { LabelMatcher } from "./label-matcher.ts";

export type ValueType = "scalar" | "vector" | "range";

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%" | "^";
export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=";
export type SetOperator = "and" | "or" | "unless";
export type BinaryOperator = ArithmeticOperator | ComparisonOperator | SetOperator;

export const aggregators = ["sum", "avg", "min", "max", "count", "topk", "bottomk"] as const;
export type Aggregator = (typeof aggregators)[number];

export type Selector = {
  readonly kind: "selector";
  readonly matchers: readonly LabelMatcher[];
  /** Null for an instant vector. */
  readonly rangeMs: number | null;
  readonly offsetMs: number;
  readonly position: number;
};

/** Which labels make two samples a pair: those of `labels`, or all but those. Never the metric's name. */
export type Matching = {
  readonly on: boolean;
  readonly labels: readonly string[];
  /** The side that may have several samples for one of the other. */
  readonly many: "left" | "right" | null;
  /** Labels that the result takes from the other side. */
  readonly include: readonly string[];
};

export type Binary = {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  /** Comparisons only: answer 0 or 1 instead of leaving out. */
  readonly bool: boolean;
  readonly matching: Matching;
  readonly position: number;
};

export type Aggregation = {
  readonly kind: "aggregation";
  readonly operator: Aggregator;
  /** Of topk and bottomk. */
  readonly parameter: Expression | null;
  readonly operand: Expression;
  readonly without: boolean;
  readonly labels: readonly string[];
  readonly position: number;
};

export type Call = {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly Expression[];
  readonly position: number;
};

export type Expression =
  | { readonly kind: "number"; readonly value: number; readonly position: number }
  | { readonly kind: "negation"; readonly operand: Expression; readonly position: number }
  | Selector
  | Binary
  | Aggregation
  | Call;

export const isComparison = (operator: BinaryOperator): operator is ComparisonOperator =>
  ["==", "!=", "<", "<=", ">", ">="].includes(operator);

export const isSetOperator = (operator: BinaryOperator): operator is SetOperator =>
  ["and", "or", "unless"].includes(operator);
