import type { LabelMatcher } from "../promql/label-matcher.ts";
import type { Labels } from "../promql/labels.ts";
import type { ExposedExemplar } from "./exposition.ts";

const MOST_EXEMPLARS = 5_000;

export type Exemplar = {
  /** Of the series that it is an example for. */
  readonly series: Labels;
  readonly labels: readonly (readonly [string, string])[];
  readonly value: number;
  readonly timeMs: number;
};

export type ExemplarStore = {
  readonly add: (series: Labels, exemplar: ExposedExemplar, scrapedAtMs: number) => void;
  /** Newest first, of the series that match one of the selectors. */
  readonly find: (selectors: readonly (readonly LabelMatcher[])[], limit: number) => readonly Exemplar[];
};

/** The newest examples of all series, oldest forgotten first. */
export function createExemplarStore(): ExemplarStore {
  // A service shows an exemplar until it has a newer one, so most of what a scrape brings is known.
  const newest = new Map<string, number>();
  let exemplars: Exemplar[] = [];

  return {
    add(series, { labels, value, timeMs }, scrapedAtMs) {
      const time = timeMs ?? scrapedAtMs;
      if (time <= (newest.get(series.key) ?? Number.NEGATIVE_INFINITY)) return;
      newest.set(series.key, time);
      exemplars.push({ series, labels, value, timeMs: time });
      if (exemplars.length < 2 * MOST_EXEMPLARS) return;
      exemplars = exemplars.slice(-MOST_EXEMPLARS);
      newest.clear();
      for (const each of exemplars) newest.set(each.series.key, each.timeMs);
    },
    find: (selectors, limit) =>
      exemplars
        .filter(({ series }) => selectors.some((matchers) => selects(matchers, series)))
        .toSorted((a, b) => b.timeMs - a.timeMs)
        .slice(0, limit),
  };
}

const selects = (matchers: readonly LabelMatcher[], series: Labels): boolean =>
  matchers.every(({ name, matches }) => matches(series.get(name)));
