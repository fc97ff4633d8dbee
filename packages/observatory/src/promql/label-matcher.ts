import { compilePattern } from "./pattern.ts";

export type MatchOperator = "=" | "!=" | "=~" | "!~";

export type LabelMatcher = {
  readonly name: string;
  readonly operator: MatchOperator;
  readonly value: string;
  readonly matches: (value: string) => boolean;
};

/** @throws {PromqlError} for a pattern that is not in the subset; `position` is the value's. */
export function createLabelMatcher(
  name: string,
  operator: MatchOperator,
  value: string,
  position: number,
): LabelMatcher {
  return { name, operator, value, matches: predicate(operator, value, position) };
}

function predicate(operator: MatchOperator, wanted: string, position: number): (value: string) => boolean {
  if (operator === "=") return (value) => value === wanted;
  if (operator === "!=") return (value) => value !== wanted;
  const matches = compilePattern(wanted, position);
  return operator === "=~" ? matches : (value) => !matches(value);
}
