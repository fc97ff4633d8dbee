import type { JSX } from "preact";
import type { Health, TraceSummary } from "../../../src/api-types.ts";
import { HealthShape } from "../format/health-mark.tsx";

/** A request can succeed although something on its way failed: a retry, an optional part. */
export function TraceOutcome({ trace: { failed, errors } }: { trace: TraceSummary }): JSX.Element {
  const [health, word] = outcome(failed, errors);
  return (
    <span class={`health health-${health}`}>
      <svg viewBox="-7 -7 14 14" aria-hidden="true">
        <HealthShape health={health} />
      </svg>
      {word}
    </span>
  );
}

function outcome(failed: boolean, errors: number): readonly [Health, string] {
  if (failed) return ["failing", "failed"];
  if (errors > 0) return ["degraded", `${errors} inside`];
  return ["healthy", "ok"];
}
