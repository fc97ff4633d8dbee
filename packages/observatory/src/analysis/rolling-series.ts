import type { RequestStats, Sparkline } from "../api-types.ts";
import {
  addHistogram,
  addToBucket,
  bucketOf,
  newHistogram,
  quantileNs,
  type LatencyHistogram,
} from "./latency-histogram.ts";
import type { Outcome } from "./outcome.ts";

export const SLOT_MS = 5_000;
/** Exporters send every five seconds by default: what ended longer ago has arrived. */
const EXPORT_DELAY_MS = 5_000;
/** Rates and percentiles look back 30 s; sparklines 10 minutes in points of 10 s. */
export const WINDOW_SLOTS = 6;
const SLOTS_PER_POINT = 2;
export const SPARKLINE_POINTS = 60;
/** A little more than 10 minutes, so that a delayed window still finds its slots. */
const SLOT_COUNT = SPARKLINE_POINTS * SLOTS_PER_POINT + 4;
/** What comes late (a retried export) reaches back two minutes. */
const POINTS_STILL_CHANGING = 13;
const MS_PER_NS = 1e-6;

type Slot = {
  /** Number of the slot since 1970; a ring position is valid only for the number it was filled for. */
  number: number;
  count: number;
  errors: number;
  clientErrors: number;
  readonly histogram: LatencyHistogram;
};

type Sum = Omit<Slot, "number">;

/** What everything that counts in time is told. */
export type Watch = {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly startedAt: number;
  /** Milliseconds; default 5 s. */
  readonly slotMs?: number | undefined;
};

export type RollingSeries = ReturnType<typeof createRollingSeries>;

/**
 * Requests of one operation, service or edge over the last ten minutes. Times are milliseconds since 1970; with shorter
 * slots all that is said of time shortens with them.
 */
export function createRollingSeries({ slotMs = SLOT_MS }: Pick<Watch, "slotMs"> = {}) {
  const pointMs = slotMs * SLOTS_PER_POINT;
  const exportDelayMs = Math.min(slotMs, EXPORT_DELAY_MS);
  const ring: (Slot | undefined)[] = Array.from({ length: SLOT_COUNT });
  const finishedPoints: ({ point: number; stats: RequestStats } | undefined)[] = [];

  function slotFor(number: number): Slot {
    const at = number % SLOT_COUNT;
    const slot = (ring[at] ??= { number, count: 0, errors: 0, clientErrors: 0, histogram: newHistogram() });
    if (slot.number === number) return slot;
    slot.histogram.fill(0);
    return Object.assign(slot, { number, count: 0, errors: 0, clientErrors: 0 });
  }

  /** Slots `first` to `last`, both included. */
  function sum(first: number, last: number): Sum {
    const total = { count: 0, errors: 0, clientErrors: 0, histogram: newHistogram() };
    for (let number = first; number <= last; number += 1) {
      const slot = ring[number % SLOT_COUNT];
      if (slot?.number !== number || slot.count === 0) continue;
      total.count += slot.count;
      total.errors += slot.errors;
      total.clientErrors += slot.clientErrors;
      addHistogram(total.histogram, slot.histogram);
    }
    return total;
  }

  /** Only the newest points still change; recomputing sixty of them every second would cost more than counting. */
  function pointStats(point: number, end: number): RequestStats {
    const finished = finishedPoints[point % SPARKLINE_POINTS];
    if (finished?.point === point) return finished.stats;
    const first = point * SLOTS_PER_POINT;
    const total = sum(first, first + SLOTS_PER_POINT - 1);
    const stats = toStats(total, total.count, pointMs);
    if (end - point > POINTS_STILL_CHANGING) finishedPoints[point % SPARKLINE_POINTS] = { point, stats };
    return stats;
  }

  return {
    record(atMs: number, outcome: Outcome, durationNs: number): void {
      const slot = slotFor(Math.floor(atMs / slotMs));
      slot.count += 1;
      if (outcome === "error") slot.errors += 1;
      if (outcome === "clientError") slot.clientErrors += 1;
      addToBucket(slot.histogram, bucketOf(durationNs), 1);
    },

    /**
     * The last half minute. The rate is that of whole slots which nothing is missing from any more, divided by the
     * time really watched, so that it neither sags at its end nor ramps up after a start; shares and percentiles
     * include the newest requests. `delayMs` ends everything that much earlier, for what is counted only after
     * waiting so long.
     */
    stats({
      now,
      startedAt,
      delayMs = 0,
    }: {
      now: number;
      startedAt: number;
      delayMs?: number;
    }): RequestStats {
      const newest = Math.floor((now - delayMs) / slotMs);
      const end = Math.floor((now - delayMs - exportDelayMs) / slotMs);
      const first = end - WINDOW_SLOTS;
      const from = Math.max(first * slotMs, startedAt);
      const watchedMs = end * slotMs - from;
      const all = sum(first, newest);
      // Just started: a first estimate is better than none.
      if (watchedMs < slotMs) return toStats(all, all.count, Math.max(1_000, now - delayMs - from));
      return toStats(all, sum(first, end - 1).count, watchedMs);
    },

    /** Oldest point first, whole points only. */
    sparkline({ now }: { now: number }): Sparkline {
      const end = Math.floor((now - exportDelayMs) / pointMs);
      const points = Array.from({ length: SPARKLINE_POINTS }, (_, at) =>
        pointStats(end - SPARKLINE_POINTS + at, end),
      );
      return {
        rate: points.map((point) => point.rate),
        errorShare: points.map((point) => point.errorShare),
        p95Ms: points.map((point) => point.p95Ms),
      };
    },
  };
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : round(part / whole));

const toMs = (nanos: number | null): number | null => (nanos === null ? null : round(nanos * MS_PER_NS));

/** Four decimals are more than the buckets know, and keep the stream of snapshots small. */
const round = (value: number): number => Math.round(value * 10_000) / 10_000;

const toStats = (
  { count, errors, clientErrors, histogram }: Sum,
  complete: number,
  completeMs: number,
): RequestStats => ({
  count,
  rate: round(complete / (completeMs / 1000)),
  errorShare: share(errors, count),
  clientErrorShare: share(clientErrors, count),
  p50Ms: toMs(quantileNs(histogram, 0.5)),
  p95Ms: toMs(quantileNs(histogram, 0.95)),
  p99Ms: toMs(quantileNs(histogram, 0.99)),
});
