import type { Labels } from "../promql/labels.ts";
import type { Sample } from "../promql/series.ts";
import type { AlertingRule } from "./rule.ts";

export type AlertInstance = {
  /** The rule's and the series' labels, and `alertname`. */
  readonly labels: Labels;
  readonly annotations: ReadonlyMap<string, string>;
  readonly state: "pending" | "firing";
  readonly value: number;
  /** Since when the condition holds without a break, in milliseconds since 1970. */
  readonly activeAtMs: number;
  readonly firingSinceMs: number | null;
};

/** The alerts of a rule after an evaluation, by their labels. What is not among them is inactive. */
export type AlertInstances = ReadonlyMap<string, AlertInstance>;

/** @throws {Error} when two series make one alert */
export function nextAlerts(
  rule: AlertingRule,
  before: AlertInstances,
  samples: readonly Sample[],
  atMs: number,
): AlertInstances {
  const alerts = new Map<string, AlertInstance>();
  for (const { labels: found, value } of samples) {
    const labels = alertLabels(rule, found, value);
    if (alerts.has(labels.key)) throw new Error(`several series make the alert ${labels.toString()}`);
    const known = before.get(labels.key);
    const activeAtMs = known?.activeAtMs ?? atMs;
    const fires = known?.state === "firing" || atMs - activeAtMs >= rule.forMs;
    alerts.set(labels.key, {
      labels,
      annotations: new Map([...rule.annotations].map(([name, text]) => [name, text(found, value)])),
      state: fires ? "firing" : "pending",
      value,
      activeAtMs,
      firingSinceMs: fires ? (known?.firingSinceMs ?? atMs) : null,
    });
  }
  return alerts;
}

function alertLabels({ name, labels }: AlertingRule, found: Labels, value: number): Labels {
  const own = [...labels].map(([label, text]) => [label, text(found, value)] as const);
  return found.withoutName().with(...own, ["alertname", name]);
}
