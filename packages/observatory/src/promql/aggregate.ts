import { type Labels, METRIC_NAME } from "./labels.ts";
import type { Sample } from "./series.ts";
import type { Aggregation, Aggregator } from "./syntax-tree.ts";

type Reduction = Exclude<Aggregator, "topk" | "bottomk">;

const reductions: Readonly<Record<Reduction, (values: readonly number[]) => number>> = {
  sum: (values) => values.reduce((total, value) => total + value, 0),
  avg: (values) => values.reduce((total, value) => total + value, 0) / values.length,
  // Like Prometheus, prefer any number to NaN.
  min: (values) => values.reduce((best, value) => (value < best || Number.isNaN(best) ? value : best)),
  max: (values) => values.reduce((best, value) => (value > best || Number.isNaN(best) ? value : best)),
  count: (values) => values.length,
};

/** One sample per group; of `topk` and `bottomk`, the `parameter` first samples of each group. */
export function aggregate(
  { operator, without, labels }: Aggregation,
  operand: readonly Sample[],
  parameter: number,
): Sample[] {
  const groups = groupSamples(operand, ({ labels: each }) =>
    without ? each.without([...labels, METRIC_NAME]) : each.only(labels),
  );
  if (operator === "topk" || operator === "bottomk")
    return groups.flatMap(({ samples }) => firstOf(samples, Math.trunc(parameter), operator));
  const reduce = reductions[operator];
  return groups.map(({ key, samples }) => ({
    labels: key,
    value: reduce(samples.map(({ value }) => value)),
  }));
}

/** Samples with the same key belong together; in the order of their first samples. */
export function groupSamples(
  samples: readonly Sample[],
  keyOf: (sample: Sample) => Labels,
): { key: Labels; samples: Sample[] }[] {
  const groups = new Map<string, { key: Labels; samples: Sample[] }>();
  for (const sample of samples) {
    const key = keyOf(sample);
    const group = groups.get(key.key);
    if (group) group.samples.push(sample);
    else groups.set(key.key, { key, samples: [sample] });
  }
  return [...groups.values()];
}

function firstOf(samples: readonly Sample[], count: number, operator: "topk" | "bottomk"): Sample[] {
  if (!(count >= 1)) return [];
  const direction = operator === "topk" ? -1 : 1;
  const ordered = samples.toSorted((a, b) => {
    if (Number.isNaN(a.value) || Number.isNaN(b.value))
      return Number(Number.isNaN(a.value)) - Number(Number.isNaN(b.value));
    return direction * (a.value - b.value);
  });
  return ordered.slice(0, count);
}
