import { addNanos, nanosBetween, type Instant } from "../otlp/instant.ts";
import type { Span } from "../otlp/span.ts";
import { createStringPool } from "../otlp/string-pool.ts";
import type { StoredTrace } from "../store/stored-trace.ts";
import { operationOf } from "./operation.ts";

/** Cannot occur in a name that was read from JSON or protobuf by accident. */
const SEPARATOR = "\u0000";

/** What every search asks of a trace. */
export type TraceOutline = {
  /** How many of the trace's spans are in it. */
  taken: number;
  earliest: Span;
  latestEnd: Instant;
  readonly services: Set<string>;
  /** Service and operation of every span. */
  readonly operations: Set<string>;
};

const outlines = new WeakMap<StoredTrace, TraceOutline>();
const operationNames = createStringPool();

/** Kept up to date as the trace grows: only spans that are new are looked at. Undefined for a trace without spans. */
export function outlineOf(trace: StoredTrace): TraceOutline | undefined {
  const { spans } = trace;
  const [first] = spans;
  if (first === undefined) return undefined;
  const outline = outlines.get(trace) ?? {
    taken: 0,
    earliest: first,
    latestEnd: first.start,
    services: new Set(),
    operations: new Set(),
  };
  outlines.set(trace, outline);
  for (; outline.taken < spans.length; outline.taken += 1) takeIn(outline, spans[outline.taken] ?? first);
  return outline;
}

function takeIn(outline: TraceOutline, span: Span): void {
  const { service } = span.resource;
  const end = addNanos(span.start, span.durationNs);
  if (nanosBetween(outline.earliest.start, span.start) < 0) outline.earliest = span;
  if (nanosBetween(outline.latestEnd, end) > 0) outline.latestEnd = end;
  outline.services.add(service);
  outline.operations.add(operationNames(service + SEPARATOR + operationOf(span)));
}

/** Some span is of the service, and (with a route) is this operation of it. */
export function operationMatcher({
  service,
  route,
}: {
  readonly service?: string;
  readonly route?: string;
}): (outline: TraceOutline) => boolean {
  if (service === undefined && route === undefined) return () => true;
  if (route === undefined) return ({ services }) => service === undefined || services.has(service);
  const ending = SEPARATOR + route;
  if (service === undefined)
    return ({ operations }) => [...operations].some((operation) => operation.endsWith(ending));
  const wanted = service + ending;
  return ({ operations }) => operations.has(wanted);
}
