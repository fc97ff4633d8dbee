import { type Attributes, type Link, type SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { MallAttributes } from "./attributes.ts";

const tracer = trace.getTracer("@mall/kit");

interface SpanDescription {
  kind?: SpanKind;
  attributes?: MallAttributes & Attributes;
  links?: Link[];
  /** Begin a trace of its own instead of joining the active one. */
  root?: boolean;
}

/** Runs the work in a span of its own; what it throws is recorded on the span and thrown on. */
export function inSpan<T>(name: string, description: SpanDescription, work: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, description, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.recordException(error instanceof Error ? error : String(error));
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}
