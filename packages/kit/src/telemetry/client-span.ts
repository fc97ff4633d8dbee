import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";

/** A call to another service, as its span describes it. */
export interface OutgoingCall {
  method: string;
  /** With parameters in braces: what the span is named by. */
  template: string;
  /** What is sent, without its query: that is what people typed. */
  path: string;
  /** The called service's name, and where it is. */
  peer: string;
  server: URL;
  /** 0 for the first attempt. */
  resendCount: number;
}

export interface ClientSpan {
  /** To be sent along: they carry the trace and its baggage on. */
  readonly headers: Readonly<Record<string, string>>;
  answered(status: number): void;
  failed(error: unknown): void;
  end(): void;
}

const tracer = trace.getTracer("@mall/kit/http-client");

/**
 * The CLIENT span of a call, per OpenTelemetry's semantic conventions for HTTP; none when nobody's work is recorded,
 * then the caller's own place in its trace is carried on. Of our own instead of the undici instrumentation: that one
 * reads the address anew for each request and writes twice the attributes.
 */
export function startClientSpan(call: OutgoingCall): ClientSpan {
  const parent = context.active();
  const headers: Record<string, string> = {};
  if (!trace.getSpan(parent)?.isRecording()) {
    propagation.inject(parent, headers);
    return { headers, answered: () => {}, failed: () => {}, end: () => {} };
  }
  const span = describe(call);
  propagation.inject(trace.setSpan(parent, span), headers);
  return {
    headers,
    answered(status) {
      span.setAttribute("http.response.status_code", status);
      if (status < 400) return;
      span.setAttribute("error.type", String(status));
      span.setStatus({ code: SpanStatusCode.ERROR });
    },
    failed(error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      span.setAttribute("error.type", name);
      span.recordException({ name, message });
      span.setStatus({ code: SpanStatusCode.ERROR, message });
    },
    end: () => span.end(),
  };
}

function describe({ method, template, path, peer, server, resendCount }: OutgoingCall): Span {
  const span = tracer.startSpan(`${method} ${template}`, {
    kind: SpanKind.CLIENT,
    attributes: {
      "http.request.method": method,
      "url.template": template,
      "url.full": `${server.origin}${path}`,
      "peer.service": peer,
      "server.address": server.hostname,
      "server.port": Number(server.port || (server.protocol === "https:" ? 443 : 80)),
    },
  });
  if (resendCount > 0) span.setAttribute("http.request.resend_count", resendCount);
  return span;
}
