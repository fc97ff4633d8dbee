import type { MetricStorage } from "../metrics/metric-storage.ts";
import type { StoredSeries } from "../metrics/stored-series.ts";
import { type Labels, METRIC_NAME } from "../promql/labels.ts";
import type { Sample } from "../promql/series.ts";
import type { AlertInstances } from "./alert-state.ts";
import type { RecordingRule } from "./rule.ts";

/** Writes what a rule gives, each time all of it: a series that is missing now is marked as gone. */
export type RuleOutput = {
  readonly write: (samples: readonly Sample[], atMs: number) => void;
  /** How many series were written last. */
  readonly size: () => number;
};

export function createRuleOutput(storage: MetricStorage): RuleOutput {
  let before = new Map<string, StoredSeries>();
  return {
    write(samples, atMs) {
      const written = new Map<string, StoredSeries>();
      for (const { labels, value } of samples) {
        const series = before.get(labels.key) ?? storage.series(labels, { cumulative: false });
        if (!series) continue;
        series.append(atMs, value);
        written.set(labels.key, series);
      }
      for (const [key, series] of before) if (!written.has(key)) series.append(atMs, undefined);
      before = written;
    },
    size: () => before.size,
  };
}

/** @throws {Error} when two series would become one */
export function recordedSamples({ name, labels }: RecordingRule, samples: readonly Sample[]): Sample[] {
  const recorded = samples.map((sample) => ({
    labels: sample.labels.with(...labels, [METRIC_NAME, name]),
    value: sample.value,
  }));
  if (new Set(recorded.map((sample) => sample.labels.key)).size < recorded.length)
    throw new Error(`several series would become the same ${name}`);
  return recorded;
}

/** `ALERTS` and `ALERTS_FOR_STATE`, as Prometheus writes them. */
export const alertSamples = (alerts: AlertInstances): Sample[] =>
  [...alerts.values()].flatMap(({ labels, state, activeAtMs }) => [
    { labels: named(labels, "ALERTS").with(["alertstate", state]), value: 1 },
    { labels: named(labels, "ALERTS_FOR_STATE"), value: Math.floor(activeAtMs / 1000) },
  ]);

const named = (labels: Labels, name: string): Labels => labels.with([METRIC_NAME, name]);
