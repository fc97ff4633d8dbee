import type { Labels } from "./labels.ts";
import type { LabelMatcher } from "./label-matcher.ts";

/** Where queries read from. Times are milliseconds since 1970. */
export type SeriesSource = {
  readonly select: (matchers: readonly LabelMatcher[]) => readonly Series[];
};

export type Series = {
  readonly labels: Labels;
  /** The newest value in [at - lookback, at]; undefined when there is none, or it is a staleness marker. */
  readonly newest: (atMs: number, lookbackMs: number) => number | undefined;
  /** Replaces what is in `window` by the samples in [from, to], without staleness markers. */
  readonly read: (fromMs: number, toMs: number, window: SampleWindow) => void;
};

/** Samples of one series, oldest first. Filled again and again, so that a query over much allocates little. */
export class SampleWindow {
  times = new Float64Array(512);
  values = new Float64Array(512);
  length = 0;

  clear(): void {
    this.length = 0;
  }

  push(timeMs: number, value: number): void {
    this.#reserve(1);
    this.times[this.length] = timeMs;
    this.values[this.length] = value;
    this.length++;
  }

  pushAll(timesMs: Float64Array, values: Float64Array): void {
    this.#reserve(values.length);
    this.times.set(timesMs, this.length);
    this.values.set(values, this.length);
    this.length += values.length;
  }

  time(at: number): number {
    return this.times[at] ?? Number.NaN;
  }

  value(at: number): number {
    return this.values[at] ?? Number.NaN;
  }

  #reserve(more: number): void {
    const { times, values } = this;
    if (this.length + more <= times.length) return;
    const capacity = Math.max(2 * times.length, this.length + more);
    this.times = new Float64Array(capacity);
    this.values = new Float64Array(capacity);
    this.times.set(times);
    this.values.set(values);
  }
}

export type Sample = { readonly labels: Labels; readonly value: number };
