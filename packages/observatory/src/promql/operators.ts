import type { ArithmeticOperator, ComparisonOperator } from "./syntax-tree.ts";

const arithmetic: Readonly<Record<ArithmeticOperator, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
  "^": power,
};

const comparisons: Readonly<Record<ComparisonOperator, (a: number, b: number) => boolean>> = {
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

/** IEEE 754's pow, which knows 1 to the power of NaN and -1 to that of infinity; JavaScript answers NaN to both. */
function power(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && !Number.isFinite(exponent) && !Number.isNaN(exponent))) return 1;
  return base ** exponent;
}

export const calculate = (operator: ArithmeticOperator, a: number, b: number): number =>
  arithmetic[operator](a, b);

export const compare = (operator: ComparisonOperator, a: number, b: number): boolean =>
  comparisons[operator](a, b);
