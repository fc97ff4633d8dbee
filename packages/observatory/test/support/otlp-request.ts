import { exportTraceRequest } from "../../src/otlp/messages.ts";

type Value = string | number | boolean;
export type AttributeMap = Readonly<Record<string, Value>>;

/** What a test says about a span. Times are milliseconds after `EPOCH_MS`. */
export type SpanSpec = {
  readonly traceId?: string;
  readonly spanId: string;
  readonly parent?: string;
  readonly name?: string;
  readonly kind?: "internal" | "server" | "client" | "producer" | "consumer";
  readonly service?: string;
  readonly from?: number;
  readonly to?: number;
  readonly error?: string;
  readonly attributes?: AttributeMap;
  readonly events?: readonly { readonly name: string; readonly attributes: AttributeMap }[];
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
};

export const EPOCH_MS = 1_790_000_000_000;
const KINDS = ["", "internal", "server", "client", "producer", "consumer"];

/** A readable name as a valid id: the same name is always the same id. */
export const id = (name: string, bytes: 8 | 16): string =>
  Buffer.from(name)
    .toString("hex")
    .slice(-bytes * 2)
    .padStart(bytes * 2, "0");
export const traceId = (name: string): string => id(name, 16);
export const spanId = (name: string): string => id(name, 8);

export const wireAttributes = (attributes: AttributeMap): object[] =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: wireValue(value) }));

function wireValue(value: Value): object {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

const nanos = (ms: number): string =>
  (BigInt(EPOCH_MS) * 1_000_000n + BigInt(Math.round(ms * 1e6))).toString();

export const wireSpan = (spec: SpanSpec): object => ({
  traceId: traceId(spec.traceId ?? "trace"),
  spanId: spanId(spec.spanId),
  ...(spec.parent === undefined ? {} : { parentSpanId: spanId(spec.parent) }),
  name: spec.name ?? spec.spanId,
  kind: Math.max(1, KINDS.indexOf(spec.kind ?? "internal")),
  startTimeUnixNano: nanos(spec.from ?? 0),
  endTimeUnixNano: nanos(spec.to ?? 10),
  attributes: wireAttributes(spec.attributes ?? {}),
  events: (spec.events ?? []).map(({ name, attributes }) => ({
    name,
    timeUnixNano: nanos(spec.from ?? 0),
    attributes: wireAttributes(attributes),
  })),
  links: (spec.links ?? []).map((link) => ({ traceId: traceId(link.traceId), spanId: spanId(link.spanId) })),
  status: spec.error === undefined ? {} : { code: 2, message: spec.error },
});

/** One ResourceSpans per service, in order of appearance. */
export function exportRequest(specs: readonly SpanSpec[]): { resourceSpans: object[] } {
  const services = Map.groupBy(specs, ({ service = "checkout" }) => service);
  return {
    resourceSpans: [...services].map(([service, spans]) => ({
      resource: { attributes: wireAttributes({ "service.name": service }) },
      scopeSpans: [{ scope: { name: "test", version: "1" }, spans: spans.map(wireSpan) }],
    })),
  };
}

/** The same request in the other encoding: ids become bytes, everything else is named alike. */
export function toProtobuf(request: object): Buffer {
  const withBytes: unknown = JSON.parse(JSON.stringify(request), (key, value: unknown) =>
    typeof value === "string" && /^(traceId|spanId|parentSpanId)$/.test(key)
      ? Buffer.from(value, "hex")
      : value,
  );
  return Buffer.from(exportTraceRequest.encode(exportTraceRequest.fromObject(Object(withBytes))).finish());
}
