import type { TraceBadge, TraceSummary } from "../api-types.ts";
import { nanosBetween } from "../otlp/instant.ts";
import type { StoredTrace } from "../store/stored-trace.ts";
import { operationOf } from "./operation.ts";
import { outcomeOf } from "./outcome.ts";
import { outlineOf, type TraceOutline } from "./trace-outline.ts";

const summaries = new WeakMap<StoredTrace, { readonly spans: number; readonly summary: TraceSummary }>();

/**
 * A trace as a line of the list. Remembered until the trace grows, as lists are drawn every second.
 * @throws {TypeError} for a trace without spans
 */
export function summarise(trace: StoredTrace): TraceSummary {
  const spans = trace.spanIds.size;
  const known = summaries.get(trace);
  if (known?.spans === spans) return known.summary;
  const outline = outlineOf(trace);
  if (outline === undefined) throw new TypeError("a trace without spans has no summary");
  const summary = newSummary(trace, outline);
  summaries.set(trace, { spans, summary });
  return summary;
}

function newSummary(trace: StoredTrace, { earliest, latestEnd, services }: TraceOutline): TraceSummary {
  const root = trace.root ?? earliest;
  return {
    traceId: trace.traceId,
    service: root.resource.service,
    operation: operationOf(root),
    startMs: earliest.start.ms,
    durationMs: nanosBetween(earliest.start, latestEnd) / 1e6,
    spans: trace.spans.length,
    services: [...services],
    errors: trace.errors,
    failed: outcomeOf(root) === "error",
    badges: badgesOf(trace),
  };
}

function badgesOf(trace: StoredTrace): TraceBadge[] {
  const missing = trace.spans.some(
    ({ parentSpanId }) => parentSpanId !== "" && !trace.spanIds.has(parentSpanId),
  );
  const badges: [TraceBadge, boolean][] = [
    ["no-root", trace.root === null],
    ["missing-spans", missing],
    ["truncated", trace.dropped > 0],
    ["imported", trace.imported],
  ];
  return badges.flatMap(([badge, holds]) => (holds ? [badge] : []));
}
