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

/** GET /api/traces?service&route&minMs&maxMs&errors&cause&attr=key=value&from&to&limit, newest first. */
export type TraceList = {
  readonly traces: readonly TraceSummary[];
  /** How many match, of which `traces` are the newest. */
  readonly matched: number;
  readonly searched: number;
};

/** POST /api/traces */
export type ImportResult = {
  readonly traceIds: readonly string[];
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
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
