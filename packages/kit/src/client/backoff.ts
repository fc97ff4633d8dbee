const firstMs = 40;
const mostMs = 250;

/**
 * Milliseconds before the next attempt after `failures` (1 or more): anything up to a bound that doubles, so that
 * callers who failed together do not come back together ("full jitter", AWS Architecture Blog, "Exponential Backoff
 * And Jitter").
 */
export const jitteredPause = (failures: number): number =>
  Math.random() * Math.min(mostMs, firstMs * 2 ** (failures - 1));
