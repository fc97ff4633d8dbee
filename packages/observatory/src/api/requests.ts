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
