/**
 * The JSON that the observatory's API answers. Types only, so that the page can import them without any code.
 *
 * Durations are milliseconds unless a name ends in `Ns`. Offsets within a trace are nanoseconds since the trace's
 * earliest span: exact as a number, unlike an absolute time. Absolute times are `Ms` since 1970, or decimal strings
 * of nanoseconds where the raw timestamp matters. Shares lie between 0 and 1. Attributes are lists of pairs: they
 * must be shown as text and never become property names or markup.
 */

import type { Business } from "./metrics-api-types.ts";

export type * from "./metrics-api-types.ts";

/** Kiali's words; `idle` means that nothing was counted in the window. */
export type Health = "healthy" | "degraded" | "failing" | "idle";

/** Of the last half minute. */
export type RequestStats = {
  readonly count: number;
  /** Per second, of the 30 s that ended five to ten seconds ago: what is newer has not all arrived. */
  readonly rate: number;
  /** Failures of the callee: 5xx, gRPC errors, no answer. */
  readonly errorShare: number;
  /** 4xx. */
  readonly clientErrorShare: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
};

/** Sixty points of ten seconds, oldest first; the last one ended five to fifteen seconds ago. */
export type Sparkline = {
  readonly rate: readonly number[];
  readonly errorShare: readonly number[];
  /** Null where there was no request. */
  readonly p95Ms: readonly (number | null)[];
};

/** GET /api/overview */
export type Overview = {
  /** Of this process; another one after a reconnect means that the observatory was restarted. */
  readonly instance: string;
  readonly nowMs: number;
  readonly startedAtMs: number;
  readonly windowSeconds: number;
  /** Requests that enter the mall: root spans. */
  readonly entry: RequestStats;
  readonly telemetry: TelemetryHealth;
};

/** What became of every span that was sent. `accepted` is always `kept + evicted + dropped`. */
export type TelemetryHealth = {
  readonly accepted: number;
  readonly kept: number;
  readonly evicted: number;
  /** Counted, but not kept: the trace was evicted already or is too long. */
  readonly dropped: number;
  readonly duplicates: number;
  /** Invalid spans, told to the sender in `partialSuccess`. */
  readonly rejected: number;
  /** Spans from imported files: accepted, but in no rate. */
  readonly imported: number;
  readonly droppedAttributes: number;
  readonly cutValues: number;
  readonly traces: number;
  readonly evictedTraces: number;
  /** Log lines; `accepted` is always `kept + evicted + dropped`, of which the last belong to no trace. */
  readonly logs: {
    readonly accepted: number;
    readonly kept: number;
    readonly evicted: number;
    readonly dropped: number;
  };
  /** Estimated heap bytes of all kept spans. */
  readonly storedBytes: number;
  readonly spansPerSecond: number;
  readonly requests: RequestCounts;
  readonly pairing: PairingHealth;
  readonly streams: { readonly open: number; readonly droppedSlow: number };
};

/** OTLP requests by what was answered. */
export type RequestCounts = {
  readonly accepted: number;
  /** 503: the work queue was full. */
  readonly overloaded: number;
  /** 4xx: not OTLP, too big, or from a foreign page. */
  readonly refused: number;
  readonly queued: number;
};

export type PairingHealth = {
  readonly waiting: number;
  /** Calls without an answering span and without an address to name the callee by. */
  readonly unknownCallees: number;
  /** Answering spans whose caller was never seen. */
  readonly unknownCallers: number;
  /** Entries given up before their time, because too many were waiting. */
  readonly overflowed: number;
};

export type NodeKind = "service" | "database" | "messaging" | "external" | "user";

export type GraphNode = {
  /** `kind:name`, stable between snapshots and restarts. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  /** What a database or queue is: `postgresql`. */
  readonly system: string | null;
  readonly health: Health;
  /** Of the requests that arrive here. */
  readonly stats: RequestStats;
};

export type GraphEdge = {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly mode: "sync" | "async";
  readonly health: Health;
  readonly stats: RequestStats;
  /** The window of `stats` ends this much earlier: calls that nobody answers are known only after waiting. */
  readonly delayMs: number;
};

/** GET /api/graph. Sorted by id, so that a layout need not move. Idle edges stay for ten minutes. */
export type Graph = { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] };

export type ServiceRow = {
  readonly service: string;
  readonly health: Health;
  readonly stats: RequestStats;
  readonly sparkline: Sparkline;
};

export type OperationRow = ServiceRow & {
  /** `GET /carts/{id}`, or the span's name. Usable as `route` in the trace search. */
  readonly operation: string;
};

/** GET /api/services?service= . Operations are of the one service, or of all. */
export type Services = {
  readonly services: readonly ServiceRow[];
  readonly operations: readonly OperationRow[];
};

export type TraceBadge =
  /** No span without a parent has arrived. */
  | "no-root"
  /** A span names a parent that has not arrived. */
  | "missing-spans"
  /** The trace is longer than what is kept of one trace. */
  | "truncated"
  | "imported";

export type TraceSummary = {
  readonly traceId: string;
  /** The root, or the earliest span when there is none. */
  readonly service: string;
  readonly operation: string;
  readonly startMs: number;
  /** From the earliest start to the latest end. */
  readonly durationMs: number;
  readonly spans: number;
  readonly services: readonly string[];
  /** Spans with status "error". */
  readonly errors: number;
  /** The request itself failed (5xx or error), not only something on its way. */
  readonly failed: boolean;
  readonly badges: readonly TraceBadge[];
};

/** GET /api/traces?service&route&minMs&maxMs&errors&attr=key=value&from&to&limit, newest first. */
export type TraceList = {
  readonly traces: readonly TraceSummary[];
  /** How many match, of which `traces` are the newest. */
  readonly matched: number;
  readonly searched: number;
};

export type AttributePair = readonly [key: string, value: string];

export type SpanEventView = {
  readonly name: string;
  readonly offsetNs: number;
  readonly attributes: readonly AttributePair[];
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

export type TraceLink = {
  /** `out`: this span points there. `in`: that span points here. */
  readonly direction: "out" | "in";
  readonly traceId: string;
  readonly spanId: string;
  /** False when the other trace is not here (any more). */
  readonly available: boolean;
};

export type CriticalPath = {
  readonly durationNs: number;
  /** Offsets on the span's own bar, as it was sent. */
  readonly segments: readonly { readonly spanId: string; readonly startNs: number; readonly endNs: number }[];
  /** Longest first; the times add up to `durationNs`. */
  readonly services: readonly { readonly service: string; readonly timeNs: number; readonly share: number }[];
  /** A critical path is always a conclusion from timing. These say what else had to be assumed. */
  readonly assumptions: readonly PathAssumption[];
};

export type PathAssumption =
  "clock-skew" | "no-root" | "missing-spans" | "cycle" | "truncated" | "async-left-out";

export type RootCause = {
  readonly spanId: string;
  readonly service: string;
  readonly operation: string;
  readonly statusMessage: string;
  readonly exception: ExceptionView | null;
  /** The callee, when the failing span is the call itself: it refused (4xx), or let the caller wait too long. */
  readonly answeredBy: {
    readonly spanId: string;
    readonly service: string;
    readonly operation: string;
    readonly refused: boolean;
  } | null;
  /** Whom the failing span says that it called, when nobody there has answered. */
  readonly unansweredBy: string | null;
  /** From the root to the failing span. */
  readonly path: readonly string[];
  /** True when every span on the path failed, so that this failure is what the root reports. */
  readonly explainsRoot: boolean;
};

export type ExceptionView = {
  readonly spanId: string;
  readonly type: string;
  readonly message: string;
  readonly stacktrace: string;
};

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

/** POST /api/traces */
export type ImportResult = {
  readonly traceIds: readonly string[];
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
};

/** GET /api/compare?a=&b= */
export type Comparison = {
  readonly a: TraceSummary;
  readonly b: TraceSummary;
  /** In tree order. */
  readonly rows: readonly ComparisonRow[];
  /** Time on the critical path, by service. */
  readonly services: readonly {
    readonly service: string;
    readonly aMs: number;
    readonly bMs: number;
    readonly deltaMs: number;
  }[];
};

export type ComparisonRow = {
  readonly depth: number;
  readonly service: string;
  readonly operation: string;
  readonly a: ComparedSpans | null;
  readonly b: ComparedSpans | null;
  /** b minus a; what is absent counts as zero. */
  readonly deltaMs: number;
};

/** All spans of one name at one place of the tree. */
export type ComparedSpans = {
  readonly count: number;
  readonly totalMs: number;
  /** Without the time that children cover. */
  readonly selfMs: number;
  readonly errors: number;
};

/** GET /api/heatmap?service&route. Without a service: the requests that enter the mall. */
export type HeatMap = {
  /** Ten seconds each, oldest first. */
  readonly columnMs: number;
  readonly firstColumnMs: number;
  readonly columns: number;
  readonly cells: readonly HeatCell[];
};

export type HeatCell = {
  readonly column: number;
  readonly minMs: number;
  readonly maxMs: number;
  readonly count: number;
  readonly errors: number;
  /** Some traces of the cell, failed ones first, and whether they are still here. */
  readonly examples: readonly {
    readonly traceId: string;
    readonly available: boolean;
    readonly error: boolean;
  }[];
};

/**
 * GET /api/differences?service&route&minMs&maxMs&errors&from&to: what the traces in that selection have more often
 * than the other traces of the same service and route.
 */
export type Differences = {
  readonly selected: number;
  readonly others: number;
  /** Largest difference first. */
  readonly differences: readonly {
    readonly key: string;
    readonly value: string;
    readonly selectedShare: number;
    readonly otherShare: number;
  }[];
};

/** GET /api/faults, and PUT /api/faults with `FaultChange`. */
export type Faults = {
  /** False when no fault file is configured; then `flags` is empty. */
  readonly available: boolean;
  readonly flags: readonly FaultFlag[];
};

export type FaultFlag = {
  readonly key: string;
  readonly enabled: boolean;
  readonly variants: readonly string[];
  readonly current: string;
  /** The variant that means "no fault". */
  readonly off: string;
  readonly on: boolean;
  /** From the flag's metadata in the file: what it does, and where to look now. */
  readonly description: string;
  readonly lookAt: string;
};

export type FaultChange = { readonly flag: string; readonly variant: string };

/** Event `snapshot` of GET /api/stream, once a second. Each one is complete; none builds on another. */
export type Snapshot = {
  readonly overview: Overview;
  readonly business: Business;
  readonly graph: Graph;
  readonly services: readonly ServiceRow[];
  /** The newest. */
  readonly traces: readonly TraceSummary[];
};

/** RFC 9457, `application/problem+json`: every error of the API. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly evicted?: boolean;
};
