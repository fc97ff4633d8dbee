import { type Labels, METRIC_NAME } from "./labels.ts";
import { calculate, compare } from "./operators.ts";
import { PromqlError } from "./promql-error.ts";
import type { Sample } from "./series.ts";
import { type Binary, isComparison, isSetOperator, type Matching } from "./syntax-tree.ts";

const matchingKey = ({ on, labels: names }: Matching, labels: Labels): string =>
  (on ? labels.only(names) : labels.without([...names, METRIC_NAME])).key;

/** @throws {PromqlError} when a sample has more than one partner and no group_left or group_right allows it */
export function combineVectors(
  binary: Binary,
  left: readonly Sample[],
  right: readonly Sample[],
): readonly Sample[] {
  const { operator, matching } = binary;
  if (isSetOperator(operator)) {
    const keyOf = ({ labels }: Sample): string => matchingKey(matching, labels);
    const [leftKeys, rightKeys] = [new Set(left.map(keyOf)), new Set(right.map(keyOf))];
    if (operator === "and") return left.filter((sample) => rightKeys.has(keyOf(sample)));
    if (operator === "unless") return left.filter((sample) => !rightKeys.has(keyOf(sample)));
    return [...left, ...right.filter((sample) => !leftKeys.has(keyOf(sample)))];
  }
  if (left.length === 0 || right.length === 0) return [];
  return matching.many === "right" ? pair(binary, right, left) : pair(binary, left, right);
}

function pair(binary: Binary, many: readonly Sample[], one: readonly Sample[]): Sample[] {
  const { matching, position } = binary;
  const partners = new Map<string, Sample>();
  for (const sample of one) {
    const key = matchingKey(matching, sample.labels);
    if (partners.has(key)) {
      const side = matching.many === "right" ? "left" : "right";
      throw new PromqlError(`several series on the ${side} side have the same matching labels`, position);
    }
    partners.set(key, sample);
  }

  const taken = new Set<string>();
  return many.flatMap((sample) => {
    const key = matchingKey(matching, sample.labels);
    const partner = partners.get(key);
    if (!partner) return [];
    const value = combinedValue(binary, sample, partner);
    if (value === undefined) return [];
    const labels = combinedLabels(binary, sample.labels, partner.labels);
    const slot = matching.many === null ? key : labels.key;
    if (taken.has(slot))
      throw new PromqlError("several series match one: add group_left or group_right", position);
    taken.add(slot);
    return [{ labels, value }];
  });
}

function combinedValue({ operator, bool, matching }: Binary, many: Sample, one: Sample): number | undefined {
  const [left, right] = matching.many === "right" ? [one, many] : [many, one];
  if (isSetOperator(operator)) return undefined;
  if (!isComparison(operator)) return calculate(operator, left.value, right.value);
  const holds = compare(operator, left.value, right.value);
  if (bool) return Number(holds);
  return holds ? left.value : undefined;
}

function combinedLabels({ operator, bool, matching }: Binary, many: Labels, one: Labels): Labels {
  const keepsName = isComparison(operator) && !bool;
  const named = keepsName ? many : many.withoutName();
  if (matching.many === null)
    return matching.on ? named.only(matching.labels) : named.without(matching.labels);
  return named.with(...matching.include.map((name) => [name, one.get(name)] as const));
}
