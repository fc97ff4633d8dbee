import type { Type } from "protobufjs/light.js";
import type { Ingest } from "../ingest.ts";
import { decodeLogs } from "../otlp/decode-logs.ts";
import { decodeTraces } from "../otlp/decode-traces.ts";
import {
  exportLogsRequest,
  exportLogsResponse,
  exportTraceRequest,
  exportTraceResponse,
} from "../otlp/messages.ts";
import type { StringPool } from "../otlp/string-pool.ts";
import type { LogStore } from "../store/log-store.ts";

/** One kind of telemetry: how it is called, and what becomes of a request. */
export type Signal = {
  /** Below `/v1` and, for a browser's own origin to proxy to, `/otlp/v1`. */
  readonly name: "traces" | "logs";
  readonly request: Type;
  readonly response: Type;
  /** How `partialSuccess` names what was not taken. */
  readonly rejectedField: string;
  /** Decodes and takes in. @throws {TypeError} when it is no such request at all */
  readonly take: (request: unknown) => { readonly rejected: number; readonly firstReason: string };
};

export const traceSignal = ({ ingest, pool }: { ingest: Ingest; pool: StringPool }): Signal => ({
  name: "traces",
  request: exportTraceRequest,
  response: exportTraceResponse,
  rejectedField: "rejectedSpans",
  take(request) {
    const decoded = decodeTraces(request, pool);
    ingest.receive(decoded);
    return decoded;
  },
});

export const logSignal = ({ logs, pool }: { logs: LogStore; pool: StringPool }): Signal => ({
  name: "logs",
  request: exportLogsRequest,
  response: exportLogsResponse,
  rejectedField: "rejectedLogRecords",
  take(request) {
    const decoded = decodeLogs(request, pool);
    for (const record of decoded.records) logs.add(record);
    return decoded;
  },
});
