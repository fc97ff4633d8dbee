import type { Attributes } from "./attributes.ts";
import { attributeText } from "./attributes.ts";
import { readValue } from "./any-value.ts";
import { readId, SPAN_ID_BYTES, TRACE_ID_BYTES } from "./identifiers.ts";
import { readInstant, type Instant } from "./instant.ts";
import { readResource } from "./resource.ts";
import type { StringPool } from "./string-pool.ts";
import { countedAttributes, newTally, reject, type Tally } from "./tally.ts";
import { asCount, asList, asRecord, asText, isRecord, type WireRecord } from "./wire.ts";

/** One log line. `traceId` is "" when it was not written on behalf of a request. */
export type LogRecord = {
  readonly traceId: string;
  readonly spanId: string;
  readonly time: Instant;
  readonly service: string;
  readonly severity: string;
  readonly body: string;
  readonly attributes: Attributes;
};

export type DecodedLogs = Readonly<Tally> & { readonly records: readonly LogRecord[] };

/** Names of severity numbers 1-4, 5-8, … as the specification groups them. */
const SEVERITIES = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];

/** @throws {TypeError} when the request is no ExportLogsServiceRequest at all. */
export function decodeLogs(request: unknown, pool: StringPool): DecodedLogs {
  if (!isRecord(request)) throw new TypeError("the body is not an ExportLogsServiceRequest object");
  const { resourceLogs } = request;
  if (resourceLogs !== undefined && !Array.isArray(resourceLogs)) {
    throw new TypeError("resourceLogs is not a list");
  }

  const tally = newTally();
  const records: LogRecord[] = [];
  for (const group of asList(resourceLogs).map(asRecord)) {
    const { service } = readResource(asRecord(group["resource"]), pool, tally);
    for (const scoped of asList(group["scopeLogs"]).map(asRecord)) {
      for (const wire of asList(scoped["logRecords"])) {
        const record = readRecord(asRecord(wire), service, pool, tally);
        if (record === null) reject("a log record has no time", tally);
        else records.push(record);
      }
    }
  }
  return { records, ...tally };
}

function readRecord(wire: WireRecord, service: string, pool: StringPool, tally: Tally): LogRecord | null {
  const time = readInstant(wire["timeUnixNano"]) ?? readInstant(wire["observedTimeUnixNano"]);
  if (time === null) return null;
  const group = SEVERITIES[Math.ceil(asCount(wire["severityNumber"]) / 4) - 1];
  return {
    traceId: pool(readId(wire["traceId"], TRACE_ID_BYTES) ?? ""),
    spanId: readId(wire["spanId"], SPAN_ID_BYTES) ?? "",
    time,
    service,
    severity: pool(asText(wire["severityText"]).slice(0, 16) || (group ?? "")),
    body: attributeText(readValue(wire["body"], pool)),
    attributes: countedAttributes(wire["attributes"], pool, tally).attributes,
  };
}
