import { createMetricStorage, type MetricStorage } from "../../src/metrics/metric-storage.ts";
import { Labels, METRIC_NAME } from "../../src/promql/labels.ts";
import { seededRandom } from "./random.ts";
import type { WrittenSample, WrittenSeries } from "./remote-write.ts";

const MINUTE = 60_000;
/** The newest sample is a little older. */
export const END_MS = Date.UTC(2026, 10, 20, 12);
const START_MS = END_MS - 6.5 * 60 * MINUTE;
/** Until here every 30 s, from here on every 2 s. */
const DENSE_FROM_MS = END_MS - 20 * MINUTE;

const bounds = ["0.002", "0.01", "0.05", "0.2", "0.5", "1", "5", "+Inf"];

/**
 * What a mall could have exported in six hours and a half, with all that makes rates hard: counters that begin anew,
 * scrapes that failed (with a staleness marker or as a mere gap), series that come late or go, uneven intervals, NaN.
 */
export function mallSeries(): readonly WrittenSeries[] {
  const random = seededRandom(20_261_120);
  const series: WrittenSeries[] = [];
  const add = (name: string, labels: Record<string, string>, samples: readonly WrittenSample[]): void => {
    series.push({ labels: Labels.of([...Object.entries(labels), [METRIC_NAME, name]]), samples });
  };

  for (const service of ["frontend", "cart", "checkout", "info"]) {
    const times = scrapeTimes(random, service === "cart");
    const target = { service, instance: `${service}:8000` };
    add("up", target, constant(times, 1));
    add("nodejs_eventloop_lag_p99_seconds", target, gauge(times, random));
    for (const [route, status, perScrape] of [
      ["/carts/{id}", "200", 6],
      ["/carts/{id}", "500", 0.4],
      ["/orders", "201", 1],
    ] as const) {
      if (service === "frontend" && status === "500") continue;
      const labels = {
        ...target,
        http_request_method: status === "201" ? "POST" : "GET",
        http_route: route,
        http_response_status_code: status,
      };
      const late = status === "500" ? times.slice(Math.floor(times.length / 2)) : times;
      const counts = counter(late, random, perScrape);
      addHistogram(add, "http_server_request_duration_seconds", labels, counts, random);
    }
    for (const outcome of ["200", "503", "timeout"])
      addHistogram(
        add,
        "http_client_request_duration_seconds",
        { ...target, peer_service: "product", http_request_method: "GET", outcome },
        counter(times, random, outcome === "200" ? 3 : 0.1),
        random,
      );
  }
  // Scraped on the full second, so that samples lie exactly on the bounds of ranges and of the lookback.
  const punctual = Array.from({ length: 600 }, (_, at) => ({
    timeMs: END_MS - 2_000 * (599 - at),
    failed: false,
  }));
  add("punctual_total", { service: "clock" }, counter(punctual, random, 4));
  add("punctual_gone", { service: "clock" }, constant(punctual.slice(0, 450), 7));
  for (const outcome of ["accepted", "refused", "failed"])
    add(
      "mall_checkouts_total",
      { service: "checkout", instance: "checkout:8000", outcome },
      counter(scrapeTimes(random, false), random, { accepted: 1, refused: 0.2, failed: 0.03 }[outcome] ?? 0),
    );
  for (const instance of ["info:8000", "info:8001"]) {
    const target = { service: "info", instance };
    const times = scrapeTimes(random, instance === "info:8001");
    add("mall_products_sold_total", target, counter(times, random, 2));
    for (const state of ["confirmed", "cancelled"])
      add("mall_orders_total", { ...target, state }, counter(times, random, 1));
    for (const currency of ["USD", "KRW"]) {
      add("mall_revenue_minor_units_total", { ...target, currency }, counter(times, random, 90_000));
      add("mall_average_order_value_minor_units", { ...target, currency }, gauge(times, random));
    }
  }
  return series;
}

type Add = (name: string, labels: Record<string, string>, samples: readonly WrittenSample[]) => void;

function addHistogram(
  add: Add,
  name: string,
  labels: Record<string, string>,
  counts: readonly WrittenSample[],
  random: () => number,
): void {
  const shape = bounds.map(() => random());
  const total = shape.reduce((sum, weight) => sum + weight, 0);
  let share = 0;
  for (const [at, le] of bounds.entries()) {
    share += (shape[at] ?? 0) / total;
    const upTo = le === "+Inf" ? 1 : share;
    add(
      `${name}_bucket`,
      { ...labels, le },
      counts.map(({ timeMs, value }) => ({
        timeMs,
        value: value === undefined ? undefined : Math.floor(value * upTo),
      })),
    );
  }
  add(`${name}_count`, labels, counts);
}

type Scrape = { readonly timeMs: number; readonly failed: boolean };

/** A target that fails is silent for eight minutes in the middle of the dense part and before. */
function scrapeTimes(random: () => number, fails: boolean): readonly Scrape[] {
  const times: Scrape[] = [];
  let timeMs = START_MS + Math.floor(random() * 2_000);
  while (timeMs < END_MS) {
    const sinceDense = timeMs - DENSE_FROM_MS;
    const away = fails && ((sinceDense > 6 * MINUTE && sinceDense < 14 * MINUTE) || isAway(sinceDense));
    // A scrape now and then is missing without a trace, as when Prometheus itself was away.
    if (random() > 0.03) times.push({ timeMs, failed: away });
    timeMs += (sinceDense < 0 ? 30_000 : 2_000) + Math.floor(random() * 40) - 20;
  }
  return times;
}

const isAway = (sinceDense: number): boolean => sinceDense > -90 * MINUTE && sinceDense < -75 * MINUTE;

/** A staleness marker for the first of several failed scrapes, nothing for the others. */
function sampled(times: readonly Scrape[], valueAt: (scrape: Scrape, at: number) => number): WrittenSample[] {
  return times.flatMap((scrape, at): WrittenSample[] => {
    if (!scrape.failed) return [{ timeMs: scrape.timeMs, value: valueAt(scrape, at) }];
    const isFirst = at > 0 && !times[at - 1]?.failed;
    return isFirst ? [{ timeMs: scrape.timeMs, value: undefined }] : [];
  });
}

const constant = (times: readonly Scrape[], value: number): WrittenSample[] => sampled(times, () => value);

function gauge(times: readonly Scrape[], random: () => number): WrittenSample[] {
  return sampled(times, () => (random() < 0.01 ? Number.NaN : random() * 1_000 - 10));
}

/** Begins anew about every three hundred scrapes. */
function counter(times: readonly Scrape[], random: () => number, perScrape: number): WrittenSample[] {
  let value = Math.floor(random() * 3) * perScrape;
  return sampled(times, () => {
    if (random() < 1 / 300) value = 0;
    else value += Math.floor(random() * 2 * perScrape + random());
    return value;
  });
}

/** The same samples in the observatory's own storage. */
export function storageWith(series: readonly WrittenSeries[]): MetricStorage {
  const storage = createMetricStorage();
  for (const { labels, samples } of series) {
    const stored = storage.series(labels, { cumulative: true });
    for (const { timeMs, value } of samples) stored?.append(timeMs, value);
  }
  return storage;
}
