import type { Differences, ImportResult, TraceList } from "../api-types.ts";
import { compareTraces } from "../analysis/compare-traces.ts";
import { findDifferences } from "../analysis/differences.ts";
import { describeTrace } from "../analysis/trace-detail.ts";
import { searchTraces, traceMatcher } from "../analysis/trace-search.ts";
import type { Ingest } from "../ingest.ts";
import { decodeTraces, type DecodedTraces } from "../otlp/decode-traces.ts";
import { encodeTraces } from "../otlp/encode-traces.ts";
import type { StringPool } from "../otlp/string-pool.ts";
import type { LogStore } from "../store/log-store.ts";
import type { StoredTrace } from "../store/stored-trace.ts";
import type { TraceStore } from "../store/trace-store.ts";
import { decompress, parseJson, readBody } from "./body.ts";
import { requireMediaType } from "./guard.ts";
import { HttpProblem } from "./problem.ts";
import { sendJson } from "./respond.ts";
import type { Exchange, Route } from "./router.ts";
import { parseTraceQuery } from "./trace-query.ts";

type Dependencies = {
  readonly store: TraceStore;
  readonly ingest: Ingest;
  readonly pool: StringPool;
  readonly logs: LogStore;
};

/** Searching, reading, comparing, exporting and importing traces. */
export function createTraceRoutes({ store, logs, ingest, pool }: Dependencies): Route[] {
  const findOrThrow = (traceId: string): StoredTrace => {
    const trace = store.find(traceId.toLowerCase());
    if (trace !== undefined && trace.spans.length > 0) return trace;
    const evicted = store.wasEvicted(traceId.toLowerCase());
    const why = evicted
      ? "It was here, but newer traces have taken its place."
      : "No span of it has arrived. Services send their spans every few seconds.";
    throw new HttpProblem(404, "No such trace", why, { evicted });
  };
  const paramOrThrow = (query: URLSearchParams, name: string): StoredTrace =>
    findOrThrow(query.get(name) ?? "");

  function list({ query, response }: Exchange): void {
    const { filter, limit } = parseTraceQuery(query);
    const found = searchTraces(store.all(), filter);
    const answer: TraceList = {
      traces: found.slice(0, limit),
      matched: found.length,
      searched: store.counts().traces,
    };
    sendJson(response, answer);
  }

  function detail({ params, response }: Exchange): void {
    const trace = findOrThrow(params.get("traceId") ?? "");
    sendJson(response, describeTrace(trace, store, logs.linesOf(trace.traceId)));
  }

  function exportTrace({ params, response }: Exchange): void {
    const { traceId, spans } = findOrThrow(params.get("traceId") ?? "");
    response.setHeader("content-disposition", `attachment; filename="trace-${traceId}.json"`);
    sendJson(response, encodeTraces(spans));
  }

  async function importTrace({ request, response }: Exchange): Promise<void> {
    requireMediaType(request, ["application/json"]);
    const decoded = readExport(parseJson(await decompress(await readBody(request), request)), pool);
    const accepted = ingest.importTrace(decoded);
    const answer: ImportResult = {
      traceIds: [...new Set(decoded.spans.map(({ traceId }) => traceId))],
      accepted,
      duplicates: decoded.spans.length - accepted,
      rejected: decoded.rejected,
    };
    sendJson(response, answer, { status: 201 });
  }

  const compare = ({ query, response }: Exchange): void =>
    sendJson(response, compareTraces(paramOrThrow(query, "a"), paramOrThrow(query, "b")));

  /** Compared with the same kind of request: others would differ in everything. */
  async function differences({ query, response }: Exchange): Promise<void> {
    const { filter } = parseTraceQuery(query);
    const { service, route } = filter;
    const isAlike = traceMatcher({
      ...(service !== undefined && { service }),
      ...(route !== undefined && { route }),
    });
    const alike = [...store.all()].filter(isAlike);
    const groups = Map.groupBy(alike, traceMatcher(filter));
    const answer: Differences = await findDifferences(groups.get(true) ?? [], groups.get(false) ?? []);
    sendJson(response, answer);
  }

  return [
    { method: "GET", path: "/api/traces", handle: list },
    { method: "POST", path: "/api/traces", handle: importTrace },
    { method: "GET", path: "/api/traces/{traceId}", handle: detail },
    { method: "GET", path: "/api/traces/{traceId}/export", handle: exportTrace },
    { method: "GET", path: "/api/compare", handle: compare },
    { method: "GET", path: "/api/differences", handle: differences },
  ];
}

/** @throws {HttpProblem} 400 when it is no trace, or none of its spans can be read */
function readExport(json: unknown, pool: StringPool): DecodedTraces {
  try {
    const decoded = decodeTraces(json, pool);
    if (decoded.spans.length === 0) throw new TypeError(decoded.firstReason || "the file holds no span");
    return decoded;
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new HttpProblem(400, "Not a trace", `This is not an OTLP JSON trace: ${cause.message}.`, { cause });
  }
}
