import type { CriticalPath, RootCause } from "./trace-conclusions.ts";
import type { TraceSummary } from "./trace-list.ts";

/** GET /api/traces/{traceId}. 404 with `evicted: true` in the problem when it was here once. */
export type TraceDetail = {
  readonly summary: TraceSummary;
  readonly startUnixNano: string;
  /** In waterfall order: parents before children, siblings by start. */
  readonly spans: readonly SpanView[];
  readonly criticalPath: CriticalPath | null;
  readonly rootCause: RootCause | null;
  /** Links of all spans, both ways. */
  readonly links: readonly (TraceLink & { readonly ownSpanId: string })[];
  readonly logs: readonly LogLine[];
};

export type SpanView = {
  readonly spanId: string;
  /** "" for a root. May name a span that is not here. */
  readonly parentSpanId: string;
  readonly depth: number;
  readonly service: string;
  readonly name: string;
  readonly kind: "unspecified" | "internal" | "server" | "client" | "producer" | "consumer";
  readonly status: "unset" | "ok" | "error";
  readonly statusMessage: string;
  readonly outcome: "ok" | "clientError" | "error";
  readonly offsetNs: number;
  readonly durationNs: number;
  /** As it was sent. */
  readonly startUnixNano: string;
  readonly attributes: readonly AttributePair[];
  readonly resource: readonly AttributePair[];
  readonly scope: string;
  readonly events: readonly SpanEventView[];
  readonly links: readonly TraceLink[];
  readonly droppedAttributes: number;
  readonly droppedEvents: number;
  readonly droppedLinks: number;
  readonly marks: readonly SpanMark[];
};

export type SpanMark =
  /** Lies outside its parent although the parent waited for it: the two clocks disagree. */
  | "clock-skew"
  /** The parent it names has not arrived. */
  | "missing-parent"
  /** Is its own ancestor; drawn as if it were a root. */
  | "cycle"
  /** Nobody waited for it: not on the critical path. */
  | "async";

export type SpanEventView = {
  readonly name: string;
  readonly offsetNs: number;
  readonly attributes: readonly AttributePair[];
};

export type AttributePair = readonly [key: string, value: string];

export type TraceLink = {
  /** `out`: this span points there. `in`: that span points here. */
  readonly direction: "out" | "in";
  readonly traceId: string;
  readonly spanId: string;
  /** False when the other trace is not here (any more). */
  readonly available: boolean;
};

/** Sent to POST /v1/logs with the trace's id. */
export type LogLine = {
  readonly traceId: string;
  readonly spanId: string;
  readonly timeMs: number;
  readonly service: string;
  readonly severity: string;
  readonly body: string;
  readonly attributes: readonly AttributePair[];
};
