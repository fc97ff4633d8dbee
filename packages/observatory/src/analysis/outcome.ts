import { numberAttribute } from "../otlp/attributes.ts";
import type { Span } from "../otlp/span.ts";

/** Kiali's distinction: 5xx and unanswered requests are the callee's failure, 4xx the caller's. */
export type Outcome = "ok" | "clientError" | "error";

/**
 * A status code decides where there is one: by convention a CLIENT span with a 404 has status "error", its SERVER
 * span has not, and both tell of the same request.
 */
export function outcomeOf(span: Span): Outcome {
  const http =
    numberAttribute(span.attributes, "http.response.status_code") ??
    numberAttribute(span.attributes, "http.status_code");
  if (http !== undefined && http >= 500) return "error";
  if (http !== undefined && http >= 400) return "clientError";
  const grpc = numberAttribute(span.attributes, "rpc.grpc.status_code");
  if (grpc !== undefined && grpc !== 0) return "error";
  return span.status === "error" ? "error" : "ok";
}

/** Both ends of one request: it failed when either says so (a caller that gave up, a callee that broke). */
export function worseOutcome(one: Outcome, other: Outcome): Outcome {
  if (one === "error" || other === "error") return "error";
  return one === "clientError" || other === "clientError" ? "clientError" : "ok";
}

/** True when the request got an answer at all. */
export const wasAnswered = (span: Span): boolean =>
  numberAttribute(span.attributes, "http.response.status_code") !== undefined ||
  numberAttribute(span.attributes, "http.status_code") !== undefined ||
  numberAttribute(span.attributes, "rpc.grpc.status_code") !== undefined;
