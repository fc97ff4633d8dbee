import { type Logger, type LoggerOptions, pino } from "pino";
import { activeSpanContext } from "./active-span.ts";
import { createLogExport } from "./log-export.ts";
import { logOutput } from "./log-output.ts";

export type { Logger } from "pino";

/**
 * JSON lines on standard output, and to the collector when logs are exported; each carries the ids of the span that was
 * active when it was written.
 */
export function createLogger(service: string, level: string): Logger {
  const exportLine = createLogExport();
  const { destination, urge } = logOutput();
  const options: LoggerOptions = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    // PostgreSQL's errors quote the rows that they are about, and rows hold names and addresses.
    redact: { paths: ["err.detail", "err.where", "err.internalQuery"], remove: true },
    mixin(fields) {
      const span = activeSpanContext();
      return span && !("trace_id" in fields) ? { trace_id: span.traceId, span_id: span.spanId } : {};
    },
    hooks: {
      streamWrite(line) {
        if (!line.startsWith(ordinary)) urge();
        exportLine?.(line);
        return line;
      },
    },
  };
  return pino(options, destination);
}

/** How a line of level "info" begins, since the level comes first. */
const ordinary = '{"level":"info"';
