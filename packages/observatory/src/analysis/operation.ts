import { textAttribute } from "../otlp/attributes.ts";
import type { Span } from "../otlp/span.ts";

/** What a service was asked to do: `GET /carts/{id}`, or the span's name. */
export function operationOf(span: Span): string {
  const route = textAttribute(span.attributes, "http.route");
  if (route === undefined || span.kind === "client") return span.name;
  const method =
    textAttribute(span.attributes, "http.request.method") ?? textAttribute(span.attributes, "http.method");
  return method === undefined ? route : `${method} ${route}`;
}

/** A request that a service received, or the beginning of a trace: what rate, errors and duration count. */
export const isEntry = (span: Span): boolean =>
  span.kind === "server" || span.kind === "consumer" || span.parentSpanId === "";
