import type { ReceivedSpan as Span } from "@mall/kit/testing";

export interface Trace {
  id: string;
  spans: Span[];
  roots: Span[];
  /** Spans whose parent was never received. */
  orphans: Span[];
}

export function tracesOf(spans: readonly Span[]): Trace[] {
  const byTrace = Map.groupBy(spans, ({ traceId }) => traceId);
  return [...byTrace].map(([id, ofTrace]) => {
    const ids = new Set(ofTrace.map(({ spanId }) => spanId));
    return {
      id,
      spans: ofTrace,
      roots: ofTrace.filter(({ parentSpanId }) => parentSpanId === undefined),
      orphans: ofTrace.filter(({ parentSpanId }) => parentSpanId !== undefined && !ids.has(parentSpanId)),
    };
  });
}

/** A call from one service to another, `caller -> callee`, or an event, `sender ~> consumer`. */
export type Edge = string;

/** Who called whom: a SERVER span under a CLIENT span of another service, a CONSUMER span linked to a PRODUCER span. */
export function edgesOf(spans: readonly Span[]): Set<Edge> {
  const bySpan = new Map(spans.map((span) => [`${span.traceId}/${span.spanId}`, span]));
  const edges = new Set<Edge>();
  for (const span of spans) {
    const parent = bySpan.get(`${span.traceId}/${span.parentSpanId}`);
    if (span.kind === "server" && parent?.kind === "client")
      edges.add(`${parent.service} -> ${span.service}`);
    if (span.kind !== "consumer") continue;
    for (const link of span.links) {
      const origin = bySpan.get(`${link.traceId}/${link.spanId}`);
      if (origin?.kind === "producer") edges.add(`${origin.service} ~> ${span.service}`);
    }
  }
  return edges;
}
