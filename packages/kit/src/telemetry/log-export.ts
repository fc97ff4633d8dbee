import { type Attributes, logs, ROOT_CONTEXT, SeverityNumber, trace, TraceFlags } from "@opentelemetry/api";

const severities: Readonly<Record<string, SeverityNumber>> = {
  trace: SeverityNumber.TRACE,
  debug: SeverityNumber.DEBUG,
  info: SeverityNumber.INFO,
  warn: SeverityNumber.WARN,
  error: SeverityNumber.ERROR,
  fatal: SeverityNumber.FATAL,
};

/** A line of the log, as `createLogger` writes it. */
interface Line {
  level: string;
  time: string;
  service: string;
  msg?: string;
  trace_id?: string;
  span_id?: string;
  err?: { type?: string; message?: string; stack?: string };
  [field: string]: unknown;
}

/**
 * Sends lines of the log to the collector as well, in batches that are dropped when it is away; undefined when no log
 * pipeline was started (`OTEL_LOGS_EXPORTER`). It reads what was written and not what was logged, so that what is left
 * out there is left out here too.
 */
export function createLogExport(): ((line: string) => void) | undefined {
  const exporter = logs.getLogger("@mall/kit");
  if (!exporter.enabled()) return undefined;
  return (text) => {
    const { level, time, service: _onTheResource, msg = "", trace_id, span_id, err, ...fields } = parse(text);
    exporter.emit({
      timestamp: new Date(time),
      severityNumber: severities[level] ?? SeverityNumber.UNSPECIFIED,
      severityText: level.toUpperCase(),
      body: msg,
      attributes: { ...fields, ...(err && exceptionAttributes(err)) },
      context:
        trace_id && span_id
          ? trace.setSpanContext(ROOT_CONTEXT, {
              traceId: trace_id,
              spanId: span_id,
              traceFlags: TraceFlags.SAMPLED,
            })
          : ROOT_CONTEXT,
    });
  };
}

const parse = (line: string): Line => JSON.parse(line) as Line;

/** Names by OpenTelemetry's semantic conventions for exceptions. */
const exceptionAttributes = ({ type, message, stack }: NonNullable<Line["err"]>): Attributes => ({
  ...(type && { "exception.type": type }),
  ...(message && { "exception.message": message }),
  ...(stack && { "exception.stacktrace": stack }),
});
