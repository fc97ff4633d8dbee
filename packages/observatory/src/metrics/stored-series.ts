import type { Labels } from "../promql/labels.ts";
import type { SampleWindow, Series } from "../promql/series.ts";
import { SampleRing } from "./sample-ring.ts";

/** Every sample of so long. */
export const RECENT_MS = 15 * 60_000;
/** Before that one sample a minute, for as long as the longest window of an alert and a little more. */
export const KEPT_MS = (6 * 60 + 10) * 60_000;
const THINNED_MS = 60_000;

/** One series in memory. */
export class StoredSeries implements Series {
  readonly labels: Labels;
  readonly #cumulative: boolean;
  readonly #thinned = new SampleRing();
  readonly #recent = new SampleRing();

  /** Of a cumulative series (a counter, a bucket) thinning must not hide that it began anew. */
  constructor(labels: Labels, { cumulative }: { cumulative: boolean }) {
    this.labels = labels;
    this.#cumulative = cumulative;
  }

  /** False when it is not newer than the newest. Undefined marks the series as gone. */
  append(timeMs: number, value: number | undefined): boolean {
    if (timeMs <= this.#newestTime()) return false;
    this.#recent.push(timeMs, value);
    return true;
  }

  newest(atMs: number, lookbackMs: number): number | undefined {
    for (const ring of [this.#recent, this.#thinned]) {
      const at = ring.countBefore(atMs + 1) - 1;
      if (at >= 0) return ring.time(at) >= atMs - lookbackMs ? ring.value(at) : undefined;
    }
    return undefined;
  }

  read(fromMs: number, toMs: number, window: SampleWindow): void {
    window.clear();
    for (const ring of [this.#thinned, this.#recent]) {
      if (ring.length > 0) ring.copyTo(window, ring.countBefore(fromMs), ring.countBefore(toMs + 1));
    }
  }

  /** Thins out and forgets what is old. */
  trim(nowMs: number): void {
    const [thinned, recent] = [this.#thinned, this.#recent];
    while (recent.length > 0 && recent.time(0) < nowMs - RECENT_MS) {
      if (this.#outlivesThinning()) thinned.push(recent.time(0), recent.value(0));
      recent.shift();
    }
    while (thinned.length > 0 && thinned.time(0) < nowMs - KEPT_MS) thinned.shift();
  }

  get isEmpty(): boolean {
    return this.#recent.length + this.#thinned.length === 0;
  }

  get bytes(): number {
    return this.#recent.bytes + this.#thinned.bytes;
  }

  #newestTime(): number {
    const { length } = this.#recent;
    if (length > 0) return this.#recent.time(length - 1);
    return this.#thinned.length > 0 ? this.#thinned.time(this.#thinned.length - 1) : Number.NEGATIVE_INFINITY;
  }

  /** Whether the oldest recent sample is kept on: one a minute, the ends of a gap, the top before a counter's reset. */
  #outlivesThinning(): boolean {
    const [thinned, recent] = [this.#thinned, this.#recent];
    if (thinned.length === 0) return true;
    const value = recent.value(0);
    const before = thinned.value(thinned.length - 1);
    if (value === undefined || before === undefined) return value !== before;
    if (recent.time(0) - thinned.time(thinned.length - 1) >= THINNED_MS) return true;
    if (recent.length < 2) return false;
    const after = recent.value(1);
    return after === undefined || (this.#cumulative && (after < value || value < before));
  }
}
