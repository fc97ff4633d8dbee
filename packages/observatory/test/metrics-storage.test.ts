import { expect, test } from "@jest/globals";
import { createMetricStorage } from "../src/metrics/metric-storage.ts";
import { KEPT_MS, RECENT_MS, StoredSeries } from "../src/metrics/stored-series.ts";
import { Labels, METRIC_NAME } from "../src/promql/labels.ts";
import { queryInstant } from "../src/promql/query.ts";
import { SampleWindow } from "../src/promql/series.ts";
import type { Value } from "../src/promql/evaluate.ts";

const T = Date.UTC(2026, 10, 20);
const HOUR = 3_600_000;
const named = (name: string, ...pairs: [string, string][]) => Labels.of([[METRIC_NAME, name], ...pairs]);
const only = (value: Value): number => (typeof value === "number" ? value : (value[0]?.value ?? Number.NaN));

function contents(series: StoredSeries): [number, number][] {
  const window = new SampleWindow();
  series.read(0, T + 100 * HOUR, window);
  return Array.from({ length: window.length }, (_, at) => [window.time(at) - T, window.value(at)]);
}

test("samples come in order only, and a newer one takes the place of none", () => {
  const series = new StoredSeries(named("x"), { cumulative: true });

  expect(series.append(T, 1)).toBe(true);
  expect(series.append(T, 2)).toBe(false);
  expect(series.append(T - 1, 2)).toBe(false);
  expect(series.append(T + 1, 3)).toBe(true);

  expect(contents(series)).toEqual([
    [0, 1],
    [1, 3],
  ]);
});

test("a marker of staleness hides what is older, and is no sample", () => {
  const series = new StoredSeries(named("x"), { cumulative: true });
  series.append(T, 1);
  series.append(T + 2_000, undefined);
  series.append(T + 4_000, 5);

  expect(series.newest(T + 1_000, 300_000)).toBe(1);
  expect(series.newest(T + 3_000, 300_000)).toBeUndefined();
  expect(series.newest(T + 5_000, 300_000)).toBe(5);
  expect(contents(series)).toEqual([
    [0, 1],
    [4_000, 5],
  ]);
});

test("what is older than a quarter of an hour is kept once a minute, what is older than six hours not at all", () => {
  const series = new StoredSeries(named("x"), { cumulative: true });
  const end = 8 * HOUR;
  for (let at = 0; at <= end; at += 2_000) {
    series.append(T + at, at);
    if (at % 30_000 === 0) series.trim(T + at);
  }

  const kept = contents(series);

  const recent = kept.filter(([at]) => at >= end - RECENT_MS);
  expect(recent).toHaveLength(RECENT_MS / 2_000 + 1);
  expect(kept[0]?.[0]).toBe(end - KEPT_MS);
  expect(kept).toHaveLength(recent.length + (KEPT_MS - RECENT_MS) / 60_000);
  expect(series.bytes).toBeLessThan(20_000);
});

test("thinning hides no restart of a counter: the increase over six hours stays what it was", () => {
  const thinned = createMetricStorage();
  const whole = createMetricStorage();
  const series = [thinned, whole].map((storage) => storage.series(named("x_total"), { cumulative: true }));
  let value = 0;
  for (let at = 0; at <= 6 * HOUR; at += 2_000) {
    // Grows by a third per second, and begins anew every 3 min 20 s, twice in a row at times.
    value = at % 200_000 === 0 || at % 900_000 === 2_000 ? 0 : value + (at % 3_000 === 0 ? 2 : 0);
    for (const each of series) each?.append(T + at, value);
    if (at % 30_000 === 0) thinned.trim(T + at);
  }

  const [kept, wanted] = [thinned, whole].map((storage) =>
    only(queryInstant("increase(x_total[6h])", storage, T + 6 * HOUR)),
  );

  expect(wanted).toBeGreaterThan(5_000);
  expect(Math.abs((kept ?? 0) / (wanted ?? 1) - 1)).toBeLessThan(0.01);
});

test("a gauge that goes up and down is thinned like everything else", () => {
  const series = new StoredSeries(named("x"), { cumulative: false });
  for (let at = 0; at <= HOUR; at += 2_000) series.append(T + at, at % 4_000);
  series.trim(T + HOUR);

  expect(contents(series)).toHaveLength(45 + RECENT_MS / 2_000 + 1);
});

test("series are bounded: what is too many is refused and counted, what has gone makes room", () => {
  const storage = createMetricStorage({ mostSeries: 2 });
  const add = (name: string, timeMs: number) =>
    storage.series(named("x", ["name", name]), { cumulative: false })?.append(timeMs, 1);

  expect([add("a", T), add("b", T), add("c", T), add("a", T + 1)]).toEqual([true, true, undefined, true]);
  expect(storage.counts()).toMatchObject({ series: 2, refusedSeries: 1 });

  storage.trim(T + KEPT_MS + HOUR);
  expect(storage.counts()).toMatchObject({ series: 0 });
  expect(add("c", T + KEPT_MS + HOUR)).toBe(true);
});
