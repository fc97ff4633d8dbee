import type { Span } from "../otlp/span.ts";
import { createEvictedTraces } from "./evicted-traces.ts";
import { createLinkIndex, type InboundLink } from "./link-index.ts";
import { createRetention } from "./retention.ts";
import { spanBytes } from "./span-size.ts";
import { newTrace, type StoredTrace } from "./stored-trace.ts";

export type TraceStoreOptions = {
  /** Milliseconds, monotonic enough to compare. */
  readonly now: () => number;
  readonly maxSpans?: number;
  /** Estimated heap bytes of all spans. */
  readonly maxBytes?: number;
  readonly maxSpansPerTrace?: number;
  readonly settleMs?: number;
  /** Span ids of evicted traces that are remembered. */
  readonly rememberedSpanIds?: number;
  readonly isSlow?: (trace: StoredTrace) => boolean;
};

/** `dropped`: accepted and counted, but not kept (its trace is evicted, or too long). */
export type Admission = "kept" | "dropped" | "duplicate";

export type StoreCounts = {
  /** Always kept + evicted + dropped. */
  readonly accepted: number;
  readonly kept: number;
  readonly evicted: number;
  readonly dropped: number;
  readonly duplicates: number;
  readonly traces: number;
  readonly evictedTraces: number;
  readonly bytes: number;
};

export type TraceStore = ReturnType<typeof createTraceStore>;

/** Traces in memory, bounded by spans and bytes, evicted whole. */
export function createTraceStore({
  now,
  maxSpans = 50_000,
  maxBytes = 64 * 1024 * 1024,
  maxSpansPerTrace = 2_000,
  settleMs = 5_000,
  rememberedSpanIds = 100_000,
  isSlow = () => false,
}: TraceStoreOptions) {
  const traces = new Map<string, StoredTrace>();
  const evictedTraces = createEvictedTraces({ capacity: rememberedSpanIds });
  const retention = createRetention({ maxSpans, settleMs, isSlow });
  const links = createLinkIndex();
  const counts = { accepted: 0, kept: 0, evicted: 0, dropped: 0, duplicates: 0, evictedTraces: 0, bytes: 0 };

  function add(span: Span, { imported = false } = {}): Admission {
    if (imported) evictedTraces.forget(span.traceId);
    const admission = evictedTraces.has(span.traceId) ? admitLate(span) : admit(span, imported);
    if (admission === "duplicate") counts.duplicates += 1;
    else {
      counts.accepted += 1;
      counts[admission] += 1;
      evictUntilItFits();
    }
    return admission;
  }

  const admitLate = (span: Span): Admission =>
    evictedTraces.addLate(span.traceId, span.spanId) ? "dropped" : "duplicate";

  function admit(span: Span, imported: boolean): Admission {
    const trace = traces.get(span.traceId) ?? newTrace(span.traceId, now(), imported);
    if (trace.spanIds.has(span.spanId)) return "duplicate";

    traces.set(span.traceId, trace);
    retention.touch(trace);
    trace.lastSeenMs = now();
    trace.spanIds.add(span.spanId);
    if (trace.spans.length >= maxSpansPerTrace) {
      trace.dropped += 1;
      return "dropped";
    }
    keep(span, trace);
    return "kept";
  }

  function keep(span: Span, trace: StoredTrace): void {
    const bytes = spanBytes(span);
    trace.spans.push(span);
    trace.bytes += bytes;
    counts.bytes += bytes;
    if (span.status === "error") trace.errors += 1;
    if (span.parentSpanId === "") trace.root ??= span;
    links.add(span);
  }

  function evictUntilItFits(): void {
    while (counts.kept > maxSpans || counts.bytes > maxBytes) {
      const trace = retention.takeNext();
      if (trace === undefined) return;
      traces.delete(trace.traceId);
      links.removeFrom(trace.spans);
      counts.kept -= trace.spans.length;
      counts.bytes -= trace.bytes;
      counts.evicted += trace.spans.length;
      counts.evictedTraces += 1;
      evictedTraces.remember(trace.traceId, trace.spanIds);
    }
  }

  return {
    add,
    /** To be called about once a second: finds out which traces have become complete, and gives them back. */
    settleIdle: (): readonly StoredTrace[] => retention.settleIdle(now()),
    find: (traceId: string): StoredTrace | undefined => traces.get(traceId),
    wasEvicted: (traceId: string): boolean => evictedTraces.has(traceId),
    linksTo: (traceId: string): readonly InboundLink[] => links.linksTo(traceId),
    /** In order of arrival, oldest first. */
    all: (): IterableIterator<StoredTrace> => traces.values(),
    /** The traces that began to arrive last, without walking through all. */
    newest: (count: number): StoredTrace[] => newestOf(traces, count),
    counts: (): StoreCounts => ({ ...counts, traces: traces.size }),
  };
}

/** A Map remembers its order but can only be read from the front: skipping is cheap, copying all of it is not. */
function newestOf(traces: Map<string, StoredTrace>, count: number): StoredTrace[] {
  const newest: StoredTrace[] = [];
  let skip = Math.max(0, traces.size - count);
  for (const trace of traces.values()) {
    if (skip > 0) skip -= 1;
    else newest.push(trace);
  }
  return newest;
}
