import { type Attributes, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { Statement } from "./statement.ts";

const tracer = trace.getTracer("@mall/kit/database");

/** Where statements are sent, as attributes of their spans. */
export function serverAttributes(url: string): Attributes {
  const { hostname, port, pathname } = new URL(url);
  return {
    "db.system.name": "postgresql",
    "db.namespace": decodeURIComponent(pathname.slice(1)),
    "server.address": hostname,
    "server.port": Number(port || 5432),
  };
}

/**
 * Runs a statement in a CLIENT span, per OpenTelemetry's semantic conventions for databases; in none when nobody's
 * work is recorded: relays and sweeps would fill the traces with nothing. Of our own instead of the pg
 * instrumentation: the same span for a third of the CPU. Values are left out: they are names and addresses.
 */
export async function inQuerySpan<T>(
  sql: string,
  { summary, operation }: Statement,
  server: Attributes,
  run: () => Promise<T>,
): Promise<T> {
  if (!trace.getActiveSpan()?.isRecording()) return run();
  const span = tracer.startSpan(summary, { kind: SpanKind.CLIENT, attributes: server });
  span.setAttribute("db.operation.name", operation);
  span.setAttribute("db.query.text", sql);
  try {
    return await run();
  } catch (error) {
    const code = sqlStateOf(error);
    span.setAttribute("error.type", code);
    // Not PostgreSQL's own sentence: it quotes what was sent.
    span.setStatus({ code: SpanStatusCode.ERROR, message: `PostgreSQL refused with ${code}` });
    throw error;
  } finally {
    span.end();
  }
}

const sqlStateOf = (error: unknown): string =>
  error instanceof Object && "code" in error && typeof error.code === "string" ? error.code : "no answer";
