import { isNativeError } from "node:util/types";
import type { TargetView } from "../api-types.ts";
import { Labels, METRIC_NAME } from "../promql/labels.ts";
import type { ExemplarStore } from "./exemplar-store.ts";
import { type ExposedExemplar, type ExposedSample, parseExemplar, parseExposition } from "./exposition.ts";
import { parseSeries } from "./exposition-syntax.ts";
import { fetchExposition } from "./fetch-exposition.ts";
import type { MetricStorage } from "./metric-storage.ts";
import type { StoredSeries } from "./stored-series.ts";
import type { Target } from "./target.ts";

const MOST_SAMPLES = 5_000;

type Known = { readonly series: StoredSeries; readonly exemplarText: string | null };

/** A sample with all that had to be read of it; null where it is known from the scrape before. */
type ReadSample = {
  readonly sample: ExposedSample;
  readonly labels: Labels | null;
  readonly exemplar: ExposedExemplar | null;
};

export type TargetHealth = Target & TargetView;

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
  let known = new Map<string, Known>();
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

  async function collect(): Promise<{ samples: readonly ReadSample[]; error: string }> {
    try {
      const { text, format } = await fetchExposition(target.url, timeoutMs);
      const samples = Array.from(parseExposition(text, format), readSample);
      if (samples.length > MOST_SAMPLES) throw new Error(`it has more than ${MOST_SAMPLES} samples`);
      return { samples, error: "" };
    } catch (error) {
      return { samples: [], error: sentence(error) };
    }
  }

  function readSample(sample: ExposedSample): ReadSample {
    const { series: text, exemplar } = sample;
    const before = known.get(text);
    const isNew = exemplar !== null && exemplar !== before?.exemplarText;
    return {
      sample,
      labels: before ? null : labelsOf(text),
      exemplar: isNew ? parseExemplar(exemplar) : null,
    };
  }

  function store(samples: readonly ReadSample[], atMs: number): void {
    const before = known;
    known = new Map();
    for (const { sample, labels, exemplar } of samples) {
      const { series: text, value, timeMs, cumulative } = sample;
      const series = labels === null ? before.get(text)?.series : storage.series(labels, { cumulative });
      if (!series) continue;
      known.set(text, { series, exemplarText: sample.exemplar });
      series.append(timeMs ?? atMs, value);
      if (exemplar) exemplars.add(series.labels, exemplar, atMs);
    }
    for (const [text, { series }] of before) if (!known.has(text)) series.append(atMs, undefined);
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
  if (!isNativeError(error)) return String(error);
  const { cause } = error;
  const reason = isNativeError(cause) && !error.message.startsWith("line ") ? cause.message : "";
  return reason === "" ? error.message : `${error.message}: ${reason}`;
}
