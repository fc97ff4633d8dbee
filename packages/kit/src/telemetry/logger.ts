import { trace } from "@opentelemetry/api";
import { type Logger, pino } from "pino";

export type { Logger } from "pino";

/** JSON lines on standard output; each carries the ids of the span that was active when it was written. */
export function createLogger(service: string, level: string): Logger {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin(fields) {
      const span = trace.getActiveSpan()?.spanContext();
      return span && !("trace_id" in fields) ? { trace_id: span.traceId, span_id: span.spanId } : {};
    },
  });
}
