import type { SampleWindow } from "../promql/series.ts";

const FIRST_CAPACITY = 16;

/** Samples of one series, oldest first, in typed arrays that are used as a ring. A staleness marker has no value. */
export class SampleRing {
  // A marker's time is stored negative: a NaN of its own kind, as Prometheus uses, would not survive JavaScript.
  #times = new Float64Array(FIRST_CAPACITY);
  #values = new Float64Array(FIRST_CAPACITY);
  #first = 0;
  #markers = 0;
  length = 0;

  /** Undefined marks the series as gone from then on. Times must rise. */
  push(timeMs: number, value: number | undefined): void {
    if (this.length === this.#times.length) this.#grow();
    const slot = this.#slot(this.length);
    this.#times[slot] = value === undefined ? -timeMs : timeMs;
    this.#values[slot] = value ?? 0;
    if (value === undefined) this.#markers++;
    this.length++;
  }

  /** Forgets the oldest. */
  shift(): void {
    if (this.value(0) === undefined) this.#markers--;
    this.#first = this.#slot(1);
    this.length--;
  }

  time(at: number): number {
    return Math.abs(this.#times[this.#slot(at)] ?? Number.NaN);
  }

  /** Undefined for a staleness marker. */
  value(at: number): number | undefined {
    const slot = this.#slot(at);
    return (this.#times[slot] ?? -1) < 0 ? undefined : this.#values[slot];
  }

  /** How many samples are older than that. */
  countBefore(timeMs: number): number {
    let [low, high] = [0, this.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.time(middle) < timeMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Appends the samples from the first to before the second index, without markers. */
  copyTo(window: SampleWindow, from: number, to: number): void {
    for (let at = from; at < to;) {
      const slot = this.#slot(at);
      const run = Math.min(to - at, this.#times.length - slot);
      const [times, values] = [
        this.#times.subarray(slot, slot + run),
        this.#values.subarray(slot, slot + run),
      ];
      if (this.#markers === 0) window.pushAll(times, values);
      else times.forEach((time, index) => time >= 0 && window.push(time, values[index] ?? 0));
      at += run;
    }
  }

  get bytes(): number {
    return this.#times.byteLength + this.#values.byteLength;
  }

  #slot(at: number): number {
    return (this.#first + at) % this.#times.length;
  }

  #grow(): void {
    const [times, values] = [this.#times, this.#values];
    const first = this.#first;
    this.#times = unrolled(times, first);
    this.#values = unrolled(values, first);
    this.#first = 0;
  }
}

/** Twice the room, with the ring's first element in front. */
function unrolled(ring: Float64Array<ArrayBuffer>, first: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(ring.length * 2);
  larger.set(ring.subarray(first), 0);
  larger.set(ring.subarray(0, first), ring.length - first);
  return larger;
}
