import type { JSX } from "preact";
import type { Health, SpanView } from "../../../src/api-types.ts";
import { HealthShape } from "../format/health-mark.tsx";

const CODES = ["http.response.status_code", "rpc.grpc.status_code", "db.response.status_code"];

export function SpanStatus({ span }: { span: SpanView }): JSX.Element {
  const health = healthOf(span);
  return (
    <span
      class={`span-status health-${health}`}
      title={span.statusMessage === "" ? undefined : span.statusMessage}
    >
      <svg viewBox="-7 -7 14 14" aria-hidden="true">
        <HealthShape health={health} />
      </svg>
      {statusText(span)}
    </span>
  );
}

/** The code of the protocol where there is one, as `200` says more than "ok". */
export function statusText({ attributes, status, outcome }: SpanView): string {
  const code = attributes.find(([key]) => CODES.includes(key))?.[1];
  if (code !== undefined) return code;
  return status === "error" || outcome === "error" ? "error" : "ok";
}

function healthOf({ status, outcome }: SpanView): Health {
  if (status === "error" || outcome === "error") return "failing";
  return outcome === "clientError" ? "degraded" : "healthy";
}
