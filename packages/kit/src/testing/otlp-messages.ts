type AttributeValue = string | number | boolean | undefined;

export interface ReceivedSpan {
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  name: string;
  kind: "internal" | "server" | "client" | "producer" | "consumer";
  failed: boolean;
  attributes: Record<string, AttributeValue>;
  links: { traceId: string; spanId: string }[];
  /** Messages of the exceptions that were recorded on it. */
  exceptions: string[];
  startMs: number;
  endMs: number;
  /** Of whoever made it: service.version and the like. */
  resource: Record<string, AttributeValue>;
}

export interface ReceivedLog {
  service: string;
  severity: string;
  body: string;
  traceId: string | undefined;
  spanId: string | undefined;
  attributes: Record<string, AttributeValue>;
}

interface KeyValue {
  key: string;
  value: { stringValue?: string; intValue?: number | string; doubleValue?: number; boolValue?: boolean };
}
interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  attributes?: KeyValue[];
  links?: { traceId: string; spanId: string }[];
  events?: { name: string; attributes?: KeyValue[] }[];
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  status?: { code?: number };
}
export interface OtlpTraces {
  resourceSpans: { resource: { attributes: KeyValue[] }; scopeSpans: { spans: OtlpSpan[] }[] }[];
}

export interface OtlpLogs {
  resourceLogs: { resource: { attributes: KeyValue[] }; scopeLogs: { logRecords: OtlpLogRecord[] }[] }[];
}
interface OtlpLogRecord {
  severityText?: string;
  body: { stringValue?: string };
  traceId?: string;
  spanId?: string;
  attributes?: KeyValue[];
}

// OTLP's numbers for span kinds and for the status "error".
const kinds = [undefined, "internal", "server", "client", "producer", "consumer"] as const;
const statusError = 2;

export const readSpans = ({ resourceSpans }: OtlpTraces): ReceivedSpan[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const attributes = readAttributes(resource.attributes);
    return scopeSpans.flatMap(({ spans }) => spans.map((span) => readSpan(attributes, span)));
  });

const readSpan = (resource: ReceivedSpan["resource"], span: OtlpSpan): ReceivedSpan => ({
  service: String(resource["service.name"]),
  traceId: span.traceId,
  spanId: span.spanId,
  parentSpanId: span.parentSpanId || undefined,
  name: span.name,
  kind: kinds[span.kind] ?? "internal",
  failed: span.status?.code === statusError,
  attributes: readAttributes(span.attributes ?? []),
  links: (span.links ?? []).map(({ traceId, spanId }) => ({ traceId, spanId })),
  exceptions: (span.events ?? [])
    .filter(({ name }) => name === "exception")
    .map(({ attributes = [] }) => String(readAttributes(attributes)["exception.message"])),
  startMs: Number(span.startTimeUnixNano) / 1e6,
  endMs: Number(span.endTimeUnixNano) / 1e6,
  resource,
});

export const readLogs = ({ resourceLogs }: OtlpLogs): ReceivedLog[] =>
  resourceLogs.flatMap(({ resource, scopeLogs }) => {
    const service = String(readAttributes(resource.attributes)["service.name"]);
    return scopeLogs.flatMap(({ logRecords }) => logRecords.map((record) => readLog(service, record)));
  });

const readLog = (service: string, record: OtlpLogRecord): ReceivedLog => ({
  service,
  severity: record.severityText ?? "",
  body: record.body.stringValue ?? "",
  traceId: record.traceId || undefined,
  spanId: record.spanId || undefined,
  attributes: readAttributes(record.attributes ?? []),
});

const readAttributes = (attributes: KeyValue[]): Record<string, AttributeValue> =>
  Object.fromEntries(
    attributes.map(({ key, value }) => [
      key,
      value.stringValue ??
        value.boolValue ??
        value.doubleValue ??
        (value.intValue === undefined ? undefined : Number(value.intValue)),
    ]),
  );
