import { isSpanContextValid, type SpanContext, trace } from "@opentelemetry/api";

/** Where the active span stands in its trace; undefined without telemetry, whose stand-in spans have ids of zeros. */
export function activeSpanContext(): SpanContext | undefined {
  const span = trace.getActiveSpan()?.spanContext();
  return span && isSpanContextValid(span) ? span : undefined;
}
