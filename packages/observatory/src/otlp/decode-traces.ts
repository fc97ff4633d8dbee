import { cutText } from "./any-value.ts";
import { readId, readParentId, SPAN_ID_BYTES, TRACE_ID_BYTES } from "./identifiers.ts";
import { nanosBetween, readInstant } from "./instant.ts";
import { limits } from "./limits.ts";
import { readResource } from "./resource.ts";
import { spanKinds, spanStatuses, type Resource, type Scope, type Span, type SpanEvent } from "./span.ts";
import type { SpanLink } from "./span.ts";
import type { StringPool } from "./string-pool.ts";
import { countedAttributes, newTally, reject, type Tally } from "./tally.ts";
import { asCount, asList, asRecord, asText, isRecord, type WireRecord } from "./wire.ts";

/** Rejected are spans that cannot be placed in a trace or in time. */
export type DecodedTraces = Readonly<Tally> & { readonly spans: readonly Span[] };

/** @throws {TypeError} when the request is no ExportTraceServiceRequest at all. */
export function decodeTraces(request: unknown, pool: StringPool): DecodedTraces {
  if (!isRecord(request)) throw new TypeError("the body is not an ExportTraceServiceRequest object");
  const { resourceSpans } = request;
  if (resourceSpans !== undefined && !Array.isArray(resourceSpans)) {
    throw new TypeError("resourceSpans is not a list");
  }

  const tally = newTally();
  const spans: Span[] = [];
  for (const group of asList(resourceSpans).map(asRecord)) {
    const resource = readResource(asRecord(group["resource"]), pool, tally);
    for (const scoped of asList(group["scopeSpans"]).map(asRecord)) {
      const scope = readScope(asRecord(scoped["scope"]), pool);
      for (const wire of asList(scoped["spans"])) {
        const span = readSpan(asRecord(wire), resource, scope, pool, tally);
        if (typeof span !== "string") spans.push(span);
        else reject(span, tally);
      }
    }
  }
  return { spans, ...tally };
}

const readScope = (wire: WireRecord, pool: StringPool): Scope => ({
  name: pool(cutText(asText(wire["name"]), limits.nameLength)),
  version: pool(cutText(asText(wire["version"]), limits.nameLength)),
});

/** A span, or why it is none. */
function readSpan(
  wire: WireRecord,
  resource: Resource,
  scope: Scope,
  pool: StringPool,
  tally: Tally,
): Span | string {
  const traceId = readId(wire["traceId"], TRACE_ID_BYTES);
  if (traceId === null) return "a trace id is not 16 non-zero bytes";
  const spanId = readId(wire["spanId"], SPAN_ID_BYTES);
  if (spanId === null) return "a span id is not 8 non-zero bytes";
  const parentSpanId = readParentId(wire["parentSpanId"]);
  if (parentSpanId === null) return "a parent span id is not 8 bytes";
  const start = readInstant(wire["startTimeUnixNano"]);
  const end = readInstant(wire["endTimeUnixNano"]);
  if (start === null || end === null) return "a span has no valid start and end time";
  const durationNs = nanosBetween(start, end);
  if (durationNs < 0) return "a span ends before it starts";

  const { attributes, dropped } = countedAttributes(wire["attributes"], pool, tally);
  const status = asRecord(wire["status"]);
  const events = asList(wire["events"]);
  const links = asList(wire["links"]);
  return {
    traceId: pool(traceId),
    spanId: pool(spanId),
    parentSpanId: pool(parentSpanId),
    name: pool(cutText(asText(wire["name"]) || "unknown", limits.nameLength)),
    kind: spanKinds[asCount(wire["kind"])] ?? "unspecified",
    resource,
    scope,
    start,
    durationNs,
    status: spanStatuses[asCount(status["code"])] ?? "unset",
    statusMessage: cutText(asText(status["message"]), limits.valueLength),
    attributes,
    events: events
      .slice(0, limits.eventsPerSpan)
      .map((event) => readEvent(asRecord(event), start, pool, tally)),
    links: links.slice(0, limits.linksPerSpan).flatMap((link) => readLink(asRecord(link), pool, tally)),
    droppedAttributes: asCount(wire["droppedAttributesCount"]) + dropped,
    droppedEvents: asCount(wire["droppedEventsCount"]) + Math.max(0, events.length - limits.eventsPerSpan),
    droppedLinks: asCount(wire["droppedLinksCount"]) + Math.max(0, links.length - limits.linksPerSpan),
  };
}

/** An event without a time is shown at its span's start rather than lost: it may be the exception. */
const readEvent = (
  wire: WireRecord,
  start: SpanEvent["time"],
  pool: StringPool,
  tally: Tally,
): SpanEvent => ({
  name: pool(cutText(asText(wire["name"]), limits.nameLength)),
  time: readInstant(wire["timeUnixNano"]) ?? start,
  attributes: countedAttributes(wire["attributes"], pool, tally).attributes,
});

function readLink(wire: WireRecord, pool: StringPool, tally: Tally): SpanLink[] {
  const traceId = readId(wire["traceId"], TRACE_ID_BYTES);
  const spanId = readId(wire["spanId"], SPAN_ID_BYTES);
  if (traceId === null || spanId === null) return [];
  return [{ traceId, spanId, attributes: countedAttributes(wire["attributes"], pool, tally).attributes }];
}
