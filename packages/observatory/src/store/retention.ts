import type { StoredTrace } from "./stored-trace.ts";

/** Traces worth keeping may fill this share of the store before they, too, go oldest first. */
const NOTABLE_SHARE = 0.5;

export type Retention = {
  readonly maxSpans: number;
  /** A trace that has not grown for this long is taken as complete. */
  readonly settleMs: number;
  /** Asked once per trace when it settles; failed traces are notable without asking. */
  readonly isSlow: (trace: StoredTrace) => boolean;
};

/**
 * In which order traces leave: ordinary ones, then failed and slow ones, then those still arriving; each oldest
 * first. Insertion order of a Map is the age.
 */
export function createRetention({ maxSpans, settleMs, isSlow }: Retention) {
  const arriving = new Map<string, StoredTrace>();
  const ordinary = new Map<string, StoredTrace>();
  const notable = new Map<string, StoredTrace>();
  let notableSpans = 0;

  const isNotable = (trace: StoredTrace): boolean => trace.imported || trace.errors > 0 || isSlow(trace);

  function settle(trace: StoredTrace): void {
    arriving.delete(trace.traceId);
    if (!isNotable(trace)) {
      ordinary.set(trace.traceId, trace);
      return;
    }
    notable.set(trace.traceId, trace);
    notableSpans += trace.spans.length;
  }

  return {
    /** Before a trace grows: a late span makes a settled trace an arriving one again. */
    touch(trace: StoredTrace): void {
      if (arriving.has(trace.traceId)) return;
      if (notable.delete(trace.traceId)) notableSpans -= trace.spans.length;
      ordinary.delete(trace.traceId);
      arriving.set(trace.traceId, trace);
    },

    /** Gives back what has become complete. */
    settleIdle(now: number): readonly StoredTrace[] {
      const complete = [...arriving.values()].filter((trace) => now - trace.lastSeenMs >= settleMs);
      for (const trace of complete) settle(trace);
      return complete;
    },

    /** Takes the trace that is missed least out of the order, or undefined when there is none. */
    takeNext(): StoredTrace | undefined {
      const tooManyNotable = notableSpans > maxSpans * NOTABLE_SHARE;
      const next =
        (tooManyNotable ? oldest(notable) : undefined) ??
        oldest(ordinary) ??
        oldest(notable) ??
        oldest(arriving);
      if (next === undefined) return undefined;
      if (notable.delete(next.traceId)) notableSpans -= next.spans.length;
      ordinary.delete(next.traceId);
      arriving.delete(next.traceId);
      return next;
    },
  };
}

const oldest = (traces: Map<string, StoredTrace>): StoredTrace | undefined => traces.values().next().value;
