import type { OutlierSettings } from "./outlier-detection.ts";

/** Share of its answers that the bad instance fails. */
const BAD = 0.5;

/** Of two instances one fails half of its answers, and each call goes to either alike. */
export const shareWithoutEjection = BAD / 2;

/**
 * Failures that the bad instance gets through before `run` of them come in a row: (1 - p^r) / (p^r (1 - p)) requests
 * are expected, of which p fail (Feller, "An Introduction to Probability Theory", XIII.7).
 */
export const failuresUntilEjected = (run: number): number =>
  ((1 - BAD ** run) / (BAD ** run * (1 - BAD))) * BAD;

/** How often it is put out in so many milliseconds of steady traffic that begins with it let in. */
export function ejectionsWithin(ms: number, { baseEjectionMs, intervalMs }: OutlierSettings): number {
  let count = 0;
  for (let at = 0; at < ms; count += 1) {
    const over = at + baseEjectionMs * (count + 1);
    // Let in by the first sweep afterwards: it takes a moment until it is put out, so never by the one at that time.
    at = (Math.floor(over / intervalMs) + 1) * intervalMs;
  }
  return count;
}

/** The share of calls that fail in that time, of so many calls. */
export const shareWithEjection = (ms: number, calls: number, settings: OutlierSettings): number =>
  (ejectionsWithin(ms, settings) * failuresUntilEjected(settings.consecutive5xx)) / calls;
