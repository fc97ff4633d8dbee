/** How many requests may be worked on at once, found out by looking at how long they take. */
export interface AdaptiveLimit {
  readonly current: number;
  /** Tells of a request that has been answered: its milliseconds, and how many were under way when it came. */
  observe(route: string, ms: number, underWay: number): void;
}

interface LimitOptions {
  least: number;
  most: number;
  /** Share of the time, from 0 to 1, in which the process was at work or waited for a processor since the last call. */
  utilization: () => number;
  /** Milliseconds. */
  now: () => number;
}

const windowMs = 100;
const leastSamples = 5;
/** Requests may take so many times as long as when there is hardly anybody. */
const tolerated = 2.5;
/** A moment of slowness is none: a garbage collection, a burst. */
const slowForMs = 500;
/** Below this the process is not what makes requests wait: a dependency is, and turning people away helps nobody. */
const busyShare = 0.6;
const mostShrinking = 0.7;
/** With so many under way a request takes as long as it needs… */
const hardlyAnybody = 2;
/** …and each such request is believed for this share. */
const learning = 0.05;

/**
 * A limit that shrinks while requests take longer than they need and the process is busy, and grows otherwise: what is
 * worked on at once beyond that point makes everybody wait and nothing faster (Little's law). What a request needs is
 * learnt per route from those that had the process to themselves, so that a machine which others keep busy is no
 * overload. After Netflix's concurrency-limits ("gradient") and Envoy's adaptive concurrency filter.
 */
export function createAdaptiveLimit({ least, most, utilization, now }: LimitOptions): AdaptiveLimit {
  const needed = new Map<string, number>();
  let limit = most;
  let windowEnd = now() + windowMs;
  let slownessSum = 0;
  let samples = 0;
  let busiest = 0;
  let slowSince = Infinity;

  function adapt(slowness: number, at: number): void {
    const slow = utilization() >= busyShare && slowness > tolerated;
    slowSince = slow ? Math.min(slowSince, at) : Infinity;
    if (at - slowSince >= slowForMs)
      limit = Math.min(limit, busiest) * Math.max(mostShrinking, tolerated / slowness);
    else if (!slow) limit += Math.sqrt(limit) / 2;
    limit = Math.min(most, Math.max(least, limit));
  }

  return {
    get current() {
      return limit;
    },
    observe(route, ms, underWay) {
      const known = needed.get(route) ?? ms;
      if (underWay <= hardlyAnybody || !needed.has(route)) needed.set(route, known + learning * (ms - known));
      slownessSum += ms / known;
      samples++;
      busiest = Math.max(busiest, underWay);
      const at = now();
      if (at < windowEnd || samples < leastSamples) return;
      adapt(slownessSum / samples, at);
      windowEnd = at + windowMs;
      slownessSum = 0;
      samples = 0;
      busiest = 0;
    },
  };
}
