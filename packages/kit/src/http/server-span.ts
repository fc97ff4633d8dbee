import type { IncomingHttpHeaders, IncomingMessage, RequestListener } from "node:http";
import {
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { releaseIn } from "../telemetry/release.ts";

const tracer = trace.getTracer("@mall/kit/http");

/** Paths that probes and scrapers ask for: part of no journey, so they make no span. */
const operational = ["/healthz", "/readyz", "/metrics", "/openapi.json"];

/** What a request's headers say of the trace that it belongs to. */
export interface TraceHeaders {
  traceparent?: string | readonly string[] | undefined;
  tracestate?: string | readonly string[] | undefined;
  baggage?: string | readonly string[] | undefined;
}

/** Picks what is believed of a request's headers. Callers inside the mall are believed everything. */
export type BelieveHeaders = (headers: IncomingHttpHeaders) => TraceHeaders;

export interface TracedOptions {
  believeHeaders?: BelieveHeaders | undefined;
  /** Paths besides the operational ones that make no span. */
  untraced?: readonly string[];
}

/**
 * Gives every request one SERVER span, parented by the caller's `traceparent`, per OpenTelemetry's HTTP semantic
 * conventions. A listener of our own instead of the http instrumentation: the same span for half of the CPU.
 * Query strings are left out on purpose: they carry what people typed.
 */
export function traced(
  listener: RequestListener,
  { believeHeaders = (headers) => headers as TraceHeaders, untraced = [] }: TracedOptions = {},
): RequestListener {
  const quiet = new Set([...operational, ...untraced]);
  return (request, response) => {
    const path = pathOf(request);
    if (quiet.has(path)) return listener(request, response);

    const method = request.method ?? "GET";
    const parent = propagation.extract(ROOT_CONTEXT, believeHeaders(request.headers));
    const release = releaseIn(parent);
    const span = tracer.startSpan(
      method,
      {
        kind: SpanKind.SERVER,
        attributes: {
          "http.request.method": method,
          "url.path": path,
          "url.scheme": "http",
          ...(release && { "mall.release": release }),
        },
      },
      parent,
    );
    response.once("close", () => {
      if (response.headersSent) span.setAttribute("http.response.status_code", response.statusCode);
      if (!response.writableFinished) span.setAttribute("error.type", "client_disconnected");
      else if (response.statusCode >= 500) span.setAttribute("error.type", String(response.statusCode));
      if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    context.with(trace.setSpan(parent, span), listener, undefined, request, response);
  };
}

/** Names the active server span by its route template, once the router knows it. */
export function nameServerSpan(
  method: string,
  route: string,
  span: Span | undefined = trace.getActiveSpan(),
) {
  span?.updateName(`${method.toUpperCase()} ${route}`);
  span?.setAttribute("http.route", route);
}

function pathOf(request: IncomingMessage): string {
  const url = request.url ?? "/";
  const query = url.indexOf("?");
  return query === -1 ? url : url.slice(0, query);
}
