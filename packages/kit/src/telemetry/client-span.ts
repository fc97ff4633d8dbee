import type { Span } from "@opentelemetry/api";

/** What the HTTP client knows of a call that undici does not: the path's template, the peer's name, the attempt. */
export interface OutgoingCall {
  method: string;
  template: string;
  peer: string;
  /** 0 for the first attempt. */
  resendCount: number;
}

// undici announces a request synchronously, while the client dispatches it, so one variable is enough to meet it.
let dispatching: OutgoingCall | undefined;

/** Runs `dispatch`; the client span that it starts is described by `call`. */
export function describingSpan<T>(call: OutgoingCall, dispatch: () => T): T {
  dispatching = call;
  try {
    return dispatch();
  } finally {
    dispatching = undefined;
  }
}

/** Attributes for undici's span. Overrides the ones that would carry a query string, and so what people typed. */
export function clientSpanAttributes(request: { origin: string | URL; path: string }) {
  const [path] = request.path.split("?", 1);
  return {
    "url.full": `${String(request.origin)}${path}`,
    "url.query": "",
    ...(dispatching && { "url.template": dispatching.template, "peer.service": dispatching.peer }),
    ...(dispatching?.resendCount && { "http.request.resend_count": dispatching.resendCount }),
  };
}

export function nameClientSpan(span: Span): void {
  if (dispatching) span.updateName(`${dispatching.method} ${dispatching.template}`);
}
