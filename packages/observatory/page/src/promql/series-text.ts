import type { LabelPairs } from "../../../src/api-types.ts";

const NAME = "__name__";

/** A series as one would write its selector: `up{service="cart"}`. */
export function seriesText(labels: LabelPairs): string {
  const name = labels.find(([label]) => label === NAME)?.[1] ?? "";
  const others = labels.filter(([label]) => label !== NAME);
  if (others.length === 0) return name === "" ? "{}" : name;
  return `${name}{${others.map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(", ")}}`;
}
