import type { ValueType } from "./syntax-tree.ts";

export type FunctionSignature = {
  readonly takes: readonly ValueType[];
  /** How many of the last arguments may be left out. */
  readonly optional: number;
  readonly returns: "scalar" | "vector";
};

const ofRange: FunctionSignature = { takes: ["range"], optional: 0, returns: "vector" };
const ofVector: FunctionSignature = { takes: ["vector"], optional: 0, returns: "vector" };
const bounded: FunctionSignature = { takes: ["vector", "scalar"], optional: 0, returns: "vector" };

/** The functions of the subset. */
export const functionSignatures: ReadonlyMap<string, FunctionSignature> = new Map<string, FunctionSignature>([
  ...[
    "rate",
    "increase",
    "irate",
    "delta",
    "changes",
    "resets",
    "avg_over_time",
    "min_over_time",
    "max_over_time",
    "sum_over_time",
    "count_over_time",
    "last_over_time",
  ].map((name) => [name, ofRange] as const),
  ...["abs", "ceil", "floor", "sqrt", "exp", "ln", "absent"].map((name) => [name, ofVector] as const),
  ["clamp_min", bounded],
  ["clamp_max", bounded],
  ["clamp", { takes: ["vector", "scalar", "scalar"], optional: 0, returns: "vector" }],
  ["round", { takes: ["vector", "scalar"], optional: 1, returns: "vector" }],
  ["histogram_quantile", { takes: ["scalar", "vector"], optional: 0, returns: "vector" }],
  ["scalar", { takes: ["vector"], optional: 0, returns: "scalar" }],
  ["vector", { takes: ["scalar"], optional: 0, returns: "vector" }],
  ["time", { takes: [], optional: 0, returns: "scalar" }],
]);
