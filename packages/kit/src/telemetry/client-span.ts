import type { Span } from "@opentelemetry/api";
import { processWide } from "./process-wide.ts";

/** What the HTTP client knows of a call that undici does not: the path's template, the peer's name, the attempt. */
export interface OutgoingCall {
  method: string;
  template: string;
  peer: string;
  /** 0 for the first attempt. */
  resendCount: number;
}

// undici announces a request synchronously, while the client dispatches it, so one variable is enough to meet it.
const dispatching = processWide<{ call?: OutgoingCall | undefined }>("dispatching", {});

/** Runs `dispatch`; the client span that it starts is described by `call`. */
export function describingSpan<T>(call: OutgoingCall, dispatch: () => T): T {
  dispatching.call = call;
  try {
    return dispatch();
  } finally {
    dispatching.call = undefined;
  }
}

/** Attributes for undici's span. Overrides the ones that would carry a query string, and so what people typed. */
export function clientSpanAttributes(request: { origin: string | URL; path: string }) {
  const [path] = request.path.split("?", 1);
  const { call } = dispatching;
  return {
    "url.full": `${String(request.origin)}${path}`,
    "url.query": "",
    ...(call && { "url.template": call.template, "peer.service": call.peer }),
    ...(call?.resendCount && { "http.request.resend_count": call.resendCount }),
  };
}

export function nameClientSpan(span: Span): void {
  const { call } = dispatching;
  if (call) span.updateName(`${call.method} ${call.template}`);
}
