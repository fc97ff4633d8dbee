import type { LabelMatcher } from "../promql/label-matcher.ts";
import { type Labels, METRIC_NAME } from "../promql/labels.ts";
import type { SeriesSource } from "../promql/series.ts";
import { StoredSeries } from "./stored-series.ts";

/** About 160 MB when all of them are scraped every two seconds for hours; the mall has some 2,500. */
const MOST_SERIES = 12_000;

export type MetricStorage = SeriesSource & {
  /** The series, new or known; undefined when there is no room for a new one, which is counted. */
  readonly series: (labels: Labels, options: { cumulative: boolean }) => StoredSeries | undefined;
  /** Forgets what is old, and series of which nothing is left. To be called now and then. */
  readonly trim: (nowMs: number) => void;
  readonly counts: () => { readonly series: number; readonly refusedSeries: number; readonly bytes: number };
};

/** Series in memory, bounded in number and in time. */
export function createMetricStorage({ mostSeries = MOST_SERIES } = {}): MetricStorage {
  const byName = new Map<string, Map<string, StoredSeries>>();
  let count = 0;
  let refusedSeries = 0;

  function* all(): Generator<StoredSeries> {
    for (const ofName of byName.values()) yield* ofName.values();
  }

  function candidates(matchers: readonly LabelMatcher[]): Iterable<StoredSeries> {
    const named = matchers.find(({ name, operator }) => name === METRIC_NAME && operator === "=");
    return named ? (byName.get(named.value)?.values() ?? []) : all();
  }

  return {
    series(labels, options) {
      const name = labels.get(METRIC_NAME);
      const ofName = byName.get(name) ?? new Map<string, StoredSeries>();
      const known = ofName.get(labels.key);
      if (known) return known;
      if (count >= mostSeries) {
        refusedSeries++;
        return undefined;
      }
      const created = new StoredSeries(labels, options);
      byName.set(name, ofName.set(labels.key, created));
      count++;
      return created;
    },
    select: (matchers) =>
      [...candidates(matchers)].filter(({ labels }) =>
        matchers.every(({ name, matches }) => matches(labels.get(name))),
      ),
    trim(nowMs) {
      for (const [name, ofName] of byName) {
        for (const [key, series] of ofName) {
          series.trim(nowMs);
          if (series.isEmpty && ofName.delete(key)) count--;
        }
        if (ofName.size === 0) byName.delete(name);
      }
    },
    counts: () => ({
      series: count,
      refusedSeries,
      bytes: [...all()].reduce((sum, { bytes }) => sum + bytes, 0),
    }),
  };
}
