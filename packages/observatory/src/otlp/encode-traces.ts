import { isAttributes, type Attributes, type AttributeValue } from "./attributes.ts";
import { addNanos, toUnixNano } from "./instant.ts";
import { spanKinds, spanStatuses, type Resource, type Scope, type Span } from "./span.ts";

/** OTLP JSON's objects, as far as this writes them. */
type WireValue = { readonly [field: string]: unknown };
type WireScopeSpans = { readonly scope: Scope; readonly spans: WireValue[] };

/** Spans as an OTLP JSON request, which this and every other OTLP receiver reads back. */
export function encodeTraces(spans: Iterable<Span>): { resourceSpans: WireValue[] } {
  const byResource = new Map<Resource, Map<Scope, WireScopeSpans>>();
  for (const span of spans) {
    const scopes = getOrAdd(byResource, span.resource, () => new Map<Scope, WireScopeSpans>());
    const group = getOrAdd(scopes, span.scope, () => ({ scope: span.scope, spans: [] }));
    group.spans.push(encodeSpan(span));
  }
  return {
    resourceSpans: [...byResource].map(([resource, scopes]) => ({
      resource: { attributes: encodeAttributes(resource.attributes) },
      scopeSpans: [...scopes.values()],
    })),
  };
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

const encodeSpan = (span: Span): WireValue => ({
  traceId: span.traceId,
  spanId: span.spanId,
  parentSpanId: span.parentSpanId,
  name: span.name,
  kind: spanKinds.indexOf(span.kind),
  startTimeUnixNano: toUnixNano(span.start),
  endTimeUnixNano: toUnixNano(addNanos(span.start, span.durationNs)),
  attributes: encodeAttributes(span.attributes),
  droppedAttributesCount: span.droppedAttributes,
  events: span.events.map((event) => ({
    timeUnixNano: toUnixNano(event.time),
    name: event.name,
    attributes: encodeAttributes(event.attributes),
  })),
  droppedEventsCount: span.droppedEvents,
  links: span.links.map((link) => ({ ...link, attributes: encodeAttributes(link.attributes) })),
  droppedLinksCount: span.droppedLinks,
  status: { code: spanStatuses.indexOf(span.status), message: span.statusMessage },
});

const encodeAttributes = ({ keys, values }: Attributes): WireValue[] =>
  keys.map((key, at) => ({ key, value: encodeValue(values[at] ?? null) }));

function encodeValue(value: AttributeValue): WireValue {
  if (value === null) return {};
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "bigint") return { intValue: value.toString() };
  if (typeof value === "number") return encodeNumber(value);
  if (value instanceof Uint8Array) return { bytesValue: Buffer.from(value).toString("base64") };
  if (isAttributes(value)) return { kvlistValue: { values: encodeAttributes(value) } };
  return { arrayValue: { values: value.map(encodeValue) } };
}

function encodeNumber(value: number): WireValue {
  if (Number.isSafeInteger(value)) return { intValue: String(value) };
  return { doubleValue: Number.isFinite(value) ? value : String(value) };
}
