import type { JSX } from "preact";
import type { Comparison, TraceSummary } from "../../../src/api-types.ts";
import { traceHref } from "../frame/address.ts";
import { formatDelta, formatMs } from "../format/quantities.ts";
import { ServiceName } from "../format/service-name.tsx";
import { Badges } from "../traces/badges.tsx";
import { TraceOutcome } from "../traces/trace-outcome.tsx";

export function ComparisonHead({ a, b }: Comparison): JSX.Element {
  const delta = b.durationMs - a.durationMs;
  return (
    <div class="comparison-head">
      <Side letter="A" trace={a} />
      <Side letter="B" trace={b} />
      <p data-testid="comparison-verdict">
        B took <b class={delta > 0 ? "wrong" : undefined}>{formatDelta(delta)}</b>
        {a.durationMs > 0 ? `, ${(b.durationMs / a.durationMs).toFixed(1)} times as long as A` : ""}
      </p>
    </div>
  );
}

const Side = ({ letter, trace }: { letter: string; trace: TraceSummary }): JSX.Element => (
  <section class="comparison-side" aria-label={`Trace ${letter}`}>
    <h2>
      {letter}: <a href={traceHref(trace.traceId)}>{trace.operation}</a>
    </h2>
    <p>
      <ServiceName service={trace.service} /> <TraceOutcome trace={trace} />{" "}
      <b>{formatMs(trace.durationMs)}</b> <span class="quiet">{trace.spans} spans</span>{" "}
      <Badges badges={trace.badges} />
    </p>
  </section>
);
