/** How many requests may be worked on at once, found out by looking at how long they take. */
export interface AdaptiveLimit {
  readonly current: number;
  /** Tells of a request that has been answered: its milliseconds, how many were under way when it came, and whether many find no room. */
  observe(route: string, ms: number, underWay: number, isCrowd?: boolean): void;
}

interface LimitOptions {
  least: number;
  most: number;
  /** Share of the time, from 0 to 1, in which the process was at work or waited for a processor since the last call. */
  demand: () => number;
  /** Milliseconds. */
  now: () => number;
}

const windowMs = 100;
const leastSamples = 5;
/** One window tells little: this share of it is believed. */
const smoothing = 0.25;
/** A moment of slowness is none: a garbage collection, a burst. */
const slowForMs = 500;
/** Requests may take so many times as long as when there is hardly anybody… */
const tolerated = 2;
/** …and while it is fewer times, more of them are let in. */
const comfortable = 1.7;
/** A single window with no more than this ends what was slow. */
const undisturbed = 1.2;
/** Below this the process is not what makes requests wait: a dependency is, and turning people away helps nobody. */
const busyShare = 0.6;
const mostShrinking = 0.7;
/** Of the limit's square root, each window. In a crowd whatever is too much is used at once, so it is felt for slowly. */
const growth = { usual: 0.2, inCrowd: 0.05 };
/** What a request needs is learnt when there is nobody else: quickly what is less, slowly what is more. */
const learning = { less: 0.1, more: 0.05 };
/** A request that takes longer than this many times waits for something else. */
const mostSlowness = 5;

/**
 * A limit that shrinks while requests take longer than they need and the process is busy, and grows otherwise: what is
 * worked on at once beyond that point makes everybody wait and nothing faster (Little's law). What a request needs is
 * learnt per route from those that had the process to themselves, so that a machine which others keep busy is no
 * overload. After Netflix's concurrency-limits ("gradient") and Envoy's adaptive concurrency filter.
 */
export function createAdaptiveLimit({ least, most, demand, now }: LimitOptions): AdaptiveLimit {
  const needed = new Map<string, number>();
  let limit = most;
  let windowEnd = now() + windowMs;
  let slownessSum = 0;
  let samples = 0;
  let busiest = 0;
  let slowness = 1;
  let busy = 0;
  let tooManySince = Infinity;

  function adapt(at: number, latest: number, isCrowd: boolean): void {
    const tooMany = busy >= busyShare && slowness > tolerated && latest > undisturbed;
    tooManySince = tooMany ? Math.min(tooManySince, at) : Infinity;
    if (at - tooManySince >= slowForMs)
      limit = Math.min(limit, busiest) * Math.max(mostShrinking, tolerated / slowness);
    else if (busy < busyShare || slowness < comfortable)
      limit += Math.sqrt(limit) * (isCrowd ? growth.inCrowd : growth.usual);
    limit = Math.min(most, Math.max(least, limit));
  }

  return {
    get current() {
      return limit;
    },
    observe(route, ms, underWay, isCrowd = false) {
      const known = needed.get(route) ?? ms;
      if (underWay <= 1 || !needed.has(route))
        needed.set(route, known + (ms < known ? learning.less : learning.more) * (ms - known));
      slownessSum += Math.min(mostSlowness, ms / known);
      samples++;
      busiest = Math.max(busiest, underWay);
      const at = now();
      if (at < windowEnd || samples < leastSamples) return;
      const latest = slownessSum / samples;
      slowness += smoothing * (latest - slowness);
      busy += smoothing * (demand() - busy);
      adapt(at, latest, isCrowd);
      windowEnd = at + windowMs;
      slownessSum = 0;
      samples = 0;
      busiest = 0;
    },
  };
}
