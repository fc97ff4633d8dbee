import type { RequestStats } from "./requests.ts";

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
