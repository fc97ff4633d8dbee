/**
 * The JSON that the observatory's API answers. Types only, so that the page can import them without any code.
 *
 * Durations are milliseconds unless a name ends in `Ns`. Offsets within a trace are nanoseconds since the trace's
 * earliest span: exact as a number, unlike an absolute time. Absolute times are `Ms` since 1970, or decimal strings
 * of nanoseconds where the raw timestamp matters. Shares lie between 0 and 1. Attributes are lists of pairs: they
 * must be shown as text and never become property names or markup.
 */

import type { Business } from "./api/business.ts";
import type { Graph } from "./api/graph.ts";
import type { ServiceRow } from "./api/requests.ts";
import type { Overview } from "./api/telemetry.ts";
import type { TraceSummary } from "./api/trace-list.ts";

export type * from "./api/business.ts";
export type * from "./api/comparison.ts";
export type * from "./api/faults.ts";
export type * from "./api/graph.ts";
export type * from "./api/metrics.ts";
export type * from "./api/requests.ts";
export type * from "./api/telemetry.ts";
export type * from "./api/trace-conclusions.ts";
export type * from "./api/trace-list.ts";
export type * from "./api/trace.ts";

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
