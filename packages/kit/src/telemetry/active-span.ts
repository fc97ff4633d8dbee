import { isSpanContextValid, type SpanContext, trace } from "@opentelemetry/api";

/** Where the active span stands in its trace; undefined without telemetry, whose stand-in spans have ids of zeros. */
export function activeSpanContext(): SpanContext | undefined {
  const span = trace.getActiveSpan()?.spanContext();
  return span && isSpanContextValid(span) ? span : undefined;
}

/** The same in W3C's form, `00-<trace>-<span>-<flags>`. */
export function activeTraceparent(): string | undefined {
  const span = activeSpanContext();
  return span && `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, "0")}`;
}
