import { Labels, METRIC_NAME } from "../promql/labels.ts";
import type { ExemplarStore } from "./exemplar-store.ts";
import { type ExposedSample, parseExposition } from "./exposition.ts";
import { parseSeries } from "./exposition-syntax.ts";
import { fetchExposition } from "./fetch-exposition.ts";
import type { MetricStorage } from "./metric-storage.ts";
import type { StoredSeries } from "./stored-series.ts";
import type { Target } from "./target.ts";

const MOST_SAMPLES = 5_000;

/** What the page shows of a target. */
export type TargetHealth = Target & {
  readonly health: "unknown" | "up" | "down";
  readonly lastScrapeMs: number | null;
  readonly lastDurationMs: number | null;
  /** Of the last scrape. */
  readonly samples: number;
  /** A sentence, or "" after a scrape that succeeded. */
  readonly lastError: string;
  readonly scrapes: number;
  readonly failures: number;
};

export type TargetScrape = {
  /** Never rejects: a failure is `up` 0, counted, and told by `health`. */
  readonly scrape: (atMs: number) => Promise<void>;
  readonly health: () => TargetHealth;
};

/** Scrapes one target as Prometheus does: all samples of a scrape have its time, and what vanished is marked. */
export function createTargetScrape({
  target,
  storage,
  exemplars,
  timeoutMs,
}: {
  target: Target;
  storage: MetricStorage;
  exemplars: ExemplarStore;
  timeoutMs: number;
}): TargetScrape {
  // From a series as it is written to where it is stored: parsing its labels once is enough.
  let known = new Map<string, StoredSeries>();
  let health: TargetHealth = {
    ...target,
    health: "unknown",
    lastScrapeMs: null,
    lastDurationMs: null,
    samples: 0,
    lastError: "",
    scrapes: 0,
    failures: 0,
  };

  async function scrape(atMs: number): Promise<void> {
    const startedAt = performance.now();
    const { samples, error } = await collect();
    // A failed scrape brings nothing, so that every series of the last one is gone.
    store(samples, atMs);
    const durationMs = performance.now() - startedAt;
    report("up", error === "" ? 1 : 0, atMs);
    report("scrape_duration_seconds", durationMs / 1000, atMs);
    report("scrape_samples_scraped", samples.length, atMs);
    health = {
      ...target,
      health: error === "" ? "up" : "down",
      lastScrapeMs: atMs,
      lastDurationMs: durationMs,
      samples: samples.length,
      lastError: error,
      scrapes: health.scrapes + 1,
      failures: health.failures + (error === "" ? 0 : 1),
    };
  }

  async function collect(): Promise<{ samples: readonly ExposedSample[]; error: string }> {
    try {
      const { text, format } = await fetchExposition(target.url, timeoutMs);
      const samples = [...parseExposition(text, format)];
      if (samples.length > MOST_SAMPLES) throw new Error(`it has more than ${MOST_SAMPLES} samples`);
      return { samples, error: "" };
    } catch (error) {
      return { samples: [], error: sentence(error) };
    }
  }

  function store(samples: readonly ExposedSample[], atMs: number): void {
    const before = known;
    known = new Map();
    for (const { series: text, value, timeMs, cumulative, exemplar } of samples) {
      const series = before.get(text) ?? storage.series(labelsOf(text), { cumulative });
      if (!series) continue;
      known.set(text, series);
      series.append(timeMs ?? atMs, value);
      if (exemplar) exemplars.add(series.labels, exemplar, atMs);
    }
    for (const [text, series] of before) if (!known.has(text)) series.append(atMs, undefined);
  }

  function labelsOf(text: string): Labels {
    const exposed = parseSeries(text);
    const own = { service: target.service, instance: target.instance };
    // The target's labels stand; what the service says otherwise is kept beside, as Prometheus does.
    const differing = Object.entries(own)
      .map(([name, value]) => [name, exposed.get(name), value] as const)
      .filter(([, said, value]) => said !== "" && said !== value)
      .map(([name, said]) => [`exported_${name}`, said] as const);
    return exposed.with(...Object.entries(own), ...differing);
  }

  function report(name: string, value: number, atMs: number): void {
    const labels = Labels.of([
      [METRIC_NAME, name],
      ["service", target.service],
      ["instance", target.instance],
    ]);
    storage.series(labels, { cumulative: false })?.append(atMs, value);
  }

  return { scrape, health: () => health };
}

/** What went wrong, and why, down to the socket. */
function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const reason = cause instanceof Error && !error.message.startsWith("line ") ? cause.message : "";
  return reason === "" ? error.message : `${error.message}: ${reason}`;
}
