import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { TraceDetail, TraceList, TraceSummary } from "../../../src/api-types.ts";
import { navigate, tracesHref, withQuery } from "../frame/address.ts";
import { formatMs } from "../format/quantities.ts";
import { ServiceName } from "../format/service-name.tsx";
import { formatTime, formatUnixNano } from "../format/time.ts";
import { getJson } from "../live/api.ts";
import { Badges } from "../traces/badges.tsx";
import { TraceOutcome } from "../traces/trace-outcome.tsx";

export function TraceHead({ trace: { summary, startUnixNano } }: { trace: TraceDetail }): JSX.Element {
  return (
    <header class="trace-head">
      <p class="trace-title">
        <ServiceName service={summary.service} />
        <TraceOutcome trace={summary} />
        <Badges badges={summary.badges} />
      </p>
      <h1>{summary.operation}</h1>
      <dl class="trace-facts">
        <Fact name="Took">{formatMs(summary.durationMs)}</Fact>
        <Fact name="Spans">{summary.spans}</Fact>
        <Fact name="Services">{summary.services.length}</Fact>
        <Fact name="Began">
          <span title={formatUnixNano(startUnixNano)}>{formatTime(summary.startMs)}</span>
        </Fact>
        <Fact name="Trace">
          <code>{summary.traceId}</code>
        </Fact>
      </dl>
      <p class="actions">
        <CompareWithUsual trace={summary} />
        <a href={tracesHref({ compareWith: summary.traceId, service: summary.service })}>
          Compare with another
        </a>
        <a href={`/api/traces/${encodeURIComponent(summary.traceId)}/export`} download>
          Export
        </a>
      </p>
    </header>
  );
}

const Fact = ({ name, children }: { name: string; children: JSX.Element | string | number }): JSX.Element => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** The quickest way to "what is different here": against the median of the same kind of request. */
function CompareWithUsual({ trace }: { trace: TraceSummary }): JSX.Element {
  const [alone, setAlone] = useState(false);

  async function compare(): Promise<void> {
    const { service, operation, traceId } = trace;
    const search = new URLSearchParams({ service, route: operation, limit: "100" });
    const { traces } = await getJson<TraceList>(`/api/traces?${search.toString()}`);
    const alike = traces
      .filter((other) => other.traceId !== traceId && !other.failed && other.operation === operation)
      .toSorted((a, b) => a.durationMs - b.durationMs);
    const median = alike[Math.floor(alike.length / 2)];
    if (median === undefined) setAlone(true);
    else
      navigate(
        withQuery({ path: "/compare", query: new URLSearchParams() }, { a: median.traceId, b: traceId }),
      );
  }

  return (
    <>
      <button
        type="button"
        class="button button-quiet"
        onClick={() => void compare().catch(() => setAlone(true))}
      >
        Compare with a usual one
      </button>
      {alone ? <span role="status">There is no other one of its kind.</span> : null}
    </>
  );
}
