import type { TraceBadge, TraceSummary } from "../api-types.ts";
import { addNanos, nanosBetween } from "../otlp/instant.ts";
import type { Span } from "../otlp/span.ts";
import type { StoredTrace } from "../store/stored-trace.ts";
import { operationOf } from "./operation.ts";
import { outcomeOf } from "./outcome.ts";

const summaries = new WeakMap<StoredTrace, { readonly spans: number; readonly summary: TraceSummary }>();

/** A trace as a line of the list. Remembered until the trace grows, as lists are drawn every second. */
export function summarise(trace: StoredTrace): TraceSummary {
  const spans = trace.spanIds.size;
  const known = summaries.get(trace);
  if (known?.spans === spans) return known.summary;
  const summary = newSummary(trace);
  summaries.set(trace, { spans, summary });
  return summary;
}

function newSummary(trace: StoredTrace): TraceSummary {
  const earliest = trace.spans.reduce((first, span) =>
    nanosBetween(first.start, span.start) < 0 ? span : first,
  );
  const durationNs = trace.spans.reduce((end, span) => Math.max(end, endOffset(earliest, span)), 0);
  const root = trace.root ?? earliest;
  return {
    traceId: trace.traceId,
    service: root.resource.service,
    operation: operationOf(root),
    startMs: addNanos(earliest.start, 0).ms,
    durationMs: durationNs / 1e6,
    spans: trace.spans.length,
    services: [...new Set(trace.spans.map((span) => span.resource.service))],
    errors: trace.errors,
    failed: outcomeOf(root) === "error",
    badges: badgesOf(trace),
  };
}

const endOffset = (earliest: Span, span: Span): number =>
  nanosBetween(earliest.start, span.start) + span.durationNs;

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
