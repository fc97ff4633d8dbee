import type { TraceSummary } from "../api-types.ts";
import type { StoredTrace } from "../store/stored-trace.ts";
import { attributeMatcher, type AttributeCondition } from "./attribute-condition.ts";
import { indexOf } from "./attribute-index.ts";
import { findRootCause } from "./root-cause.ts";
import { operationMatcher, outlineOf } from "./trace-outline.ts";
import { summarise } from "./trace-summary.ts";
import { buildTraceTree } from "./trace-tree.ts";

/** Everything is optional; what is given must all hold. */
export type TraceFilter = {
  /** Some span is of this service, and (with `route`) is this operation. */
  readonly service?: string;
  readonly route?: string;
  readonly minMs?: number;
  readonly maxMs?: number;
  /** Started at or after, in milliseconds since 1970. */
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly errorsOnly?: boolean;
  /** The service in which its root cause is. */
  readonly cause?: string;
  /** Each must be on some span; without a value, the key alone. */
  readonly attributes?: readonly AttributeCondition[];
};

/** Matching traces, those that started (or else arrived) last first. */
export function searchTraces(traces: Iterable<StoredTrace>, filter: TraceFilter): TraceSummary[] {
  const matches = traceMatcher(filter);
  const found: TraceSummary[] = [];
  for (const trace of traces) if (matches(trace)) found.push(summarise(trace));
  return found.toReversed().toSorted((a, b) => b.startMs - a.startMs);
}

/** Does now what the first search would otherwise do for each trace. */
export function prepareForSearch(trace: StoredTrace): void {
  if (trace.spans.length === 0) return;
  summarise(trace);
  indexOf(trace);
}

function causeOf({ spans }: StoredTrace): string | undefined {
  const tree = buildTraceTree(spans);
  return tree === null ? undefined : findRootCause(tree)?.service;
}

/** For one search: what is cheap is asked first, what is known of a span is found out once for all that are alike. */
export function traceMatcher(filter: TraceFilter): (trace: StoredTrace) => boolean {
  const { minMs = 0, maxMs = Infinity, fromMs = 0, toMs = Infinity, cause } = filter;
  const failedOnly = filter.errorsOnly === true || cause !== undefined;
  const isOfOperation = operationMatcher(filter);
  const attributes = (filter.attributes ?? []).map(attributeMatcher);
  return (trace) => {
    if (failedOnly && trace.errors === 0) return false;
    const outline = outlineOf(trace);
    if (outline === undefined || !isOfOperation(outline)) return false;
    const { startMs, durationMs } = summarise(trace);
    if (durationMs < minMs || durationMs > maxMs || startMs < fromMs || startMs > toMs) return false;
    if (!attributes.every((matches) => matches(trace))) return false;
    return cause === undefined || causeOf(trace) === cause;
  };
}
