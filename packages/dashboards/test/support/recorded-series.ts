import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseQuery } from "@mall/observatory/promql";
import { parse } from "yaml";
import { aggregationsOf, metricOf, selectorsOf } from "./syntax.ts";

interface Rule {
  readonly record?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

const file = join(__dirname, "../../../../base/alerts/rules/mall-rules.yaml");
const { groups } = parse(readFileSync(file, "utf8")) as { groups: { rules: Rule[] }[] };

export const rules: readonly Rule[] = groups.flatMap((group) => group.rules);

/**
 * What the rules record, with the labels that it may have: those that a rule gives, groups by, or takes over from what
 * it was made of.
 */
export const recordedSeries: ReadonlyMap<string, ReadonlySet<string>> = labelsOf(rules);

function labelsOf(all: readonly Rule[]): ReadonlyMap<string, ReadonlySet<string>> {
  const recorded = new Map<string, Set<string>>();
  for (const { record, expr, labels = {} } of all) {
    if (record === undefined) continue;
    const expression = parseQuery(expr);
    const found = recorded.get(record) ?? new Set<string>();
    for (const label of Object.keys(labels)) found.add(label);
    for (const aggregation of aggregationsOf(expression))
      for (const label of aggregation.labels) found.add(label);
    for (const selector of selectorsOf(expression))
      for (const label of recorded.get(metricOf(selector)) ?? []) found.add(label);
    recorded.set(record, found);
  }
  return recorded;
}
