import protobuf from "protobufjs/light.js";

type Fields = Record<string, readonly [type: string, id: number]>;

/** `repeated` by a leading "*"; names are OTLP JSON's, so that both encodings decode to one shape. */
const message = (fields: Fields, oneof?: string): protobuf.IType => ({
  fields: Object.fromEntries(
    Object.entries(fields).map(([name, [type, id]]) => [
      name,
      type.startsWith("*") ? { rule: "repeated", type: type.slice(1), id } : { type, id },
    ]),
  ),
  ...(oneof === undefined ? {} : { oneofs: { [oneof]: { oneof: Object.keys(fields) } } }),
});

/**
 * Field numbers of opentelemetry-proto v1 (common.proto, resource.proto, trace.proto, logs.proto and their services) and
 * google.rpc.Status. Only what is read: unknown fields are skipped.
 */
const root = protobuf.Root.fromJSON({
  nested: {
    AnyValue: message(
      {
        stringValue: ["string", 1],
        boolValue: ["bool", 2],
        intValue: ["int64", 3],
        doubleValue: ["double", 4],
        arrayValue: ["ArrayValue", 5],
        kvlistValue: ["KeyValueList", 6],
        bytesValue: ["bytes", 7],
      },
      "value",
    ),
    ArrayValue: message({ values: ["*AnyValue", 1] }),
    KeyValueList: message({ values: ["*KeyValue", 1] }),
    KeyValue: message({ key: ["string", 1], value: ["AnyValue", 2] }),
    Resource: message({ attributes: ["*KeyValue", 1] }),
    Scope: message({ name: ["string", 1], version: ["string", 2] }),
    Event: message({
      timeUnixNano: ["fixed64", 1],
      name: ["string", 2],
      attributes: ["*KeyValue", 3],
      droppedAttributesCount: ["uint32", 4],
    }),
    Link: message({ traceId: ["bytes", 1], spanId: ["bytes", 2], attributes: ["*KeyValue", 4] }),
    SpanStatus: message({ message: ["string", 2], code: ["int32", 3] }),
    Span: message({
      traceId: ["bytes", 1],
      spanId: ["bytes", 2],
      parentSpanId: ["bytes", 4],
      name: ["string", 5],
      kind: ["int32", 6],
      startTimeUnixNano: ["fixed64", 7],
      endTimeUnixNano: ["fixed64", 8],
      attributes: ["*KeyValue", 9],
      droppedAttributesCount: ["uint32", 10],
      events: ["*Event", 11],
      droppedEventsCount: ["uint32", 12],
      links: ["*Link", 13],
      droppedLinksCount: ["uint32", 14],
      status: ["SpanStatus", 15],
    }),
    ScopeSpans: message({ scope: ["Scope", 1], spans: ["*Span", 2] }),
    ResourceSpans: message({ resource: ["Resource", 1], scopeSpans: ["*ScopeSpans", 2] }),
    ExportTraceServiceRequest: message({ resourceSpans: ["*ResourceSpans", 1] }),
    PartialSuccess: message({ rejectedSpans: ["int64", 1], errorMessage: ["string", 2] }),
    ExportTraceServiceResponse: message({ partialSuccess: ["PartialSuccess", 1] }),
    LogRecord: message({
      timeUnixNano: ["fixed64", 1],
      severityNumber: ["int32", 2],
      severityText: ["string", 3],
      body: ["AnyValue", 5],
      attributes: ["*KeyValue", 6],
      traceId: ["bytes", 9],
      spanId: ["bytes", 10],
      observedTimeUnixNano: ["fixed64", 11],
    }),
    ScopeLogs: message({ logRecords: ["*LogRecord", 2] }),
    ResourceLogs: message({ resource: ["Resource", 1], scopeLogs: ["*ScopeLogs", 2] }),
    ExportLogsServiceRequest: message({ resourceLogs: ["*ResourceLogs", 1] }),
    LogsPartialSuccess: message({ rejectedLogRecords: ["int64", 1], errorMessage: ["string", 2] }),
    ExportLogsServiceResponse: message({ partialSuccess: ["LogsPartialSuccess", 1] }),
    Status: message({ code: ["int32", 1], message: ["string", 2] }),
  },
});

export const exportTraceRequest = root.lookupType("ExportTraceServiceRequest");
export const exportTraceResponse = root.lookupType("ExportTraceServiceResponse");
export const exportLogsRequest = root.lookupType("ExportLogsServiceRequest");
export const exportLogsResponse = root.lookupType("ExportLogsServiceResponse");
export const rpcStatus = root.lookupType("Status");
