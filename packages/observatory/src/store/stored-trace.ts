import type { Span } from "../otlp/span.ts";

/** A trace as far as its spans have arrived. */
export type StoredTrace = {
  readonly traceId: string;
  readonly spans: Span[];
  /** Of every span accepted for this trace, also those beyond the limit: a resent span is recognised. */
  readonly spanIds: Set<string>;
  /** Came from a file: shown, but never counted in rates. */
  readonly imported: boolean;
  bytes: number;
  /** Spans accepted but not kept, because the trace is too long. */
  dropped: number;
  errors: number;
  /** The first span without a parent. */
  root: Span | null;
  /** Milliseconds of the store's clock. */
  firstSeenMs: number;
  lastSeenMs: number;
};

export const newTrace = (traceId: string, now: number, imported: boolean): StoredTrace => ({
  traceId,
  spans: [],
  spanIds: new Set(),
  imported,
  bytes: 0,
  dropped: 0,
  errors: 0,
  root: null,
  firstSeenMs: now,
  lastSeenMs: now,
});
