import type { JSX } from "preact";
import type { TraceSummary } from "../../../src/api-types.ts";
import { traceHref, withQuery } from "../frame/address.ts";
import { formatMs } from "../format/quantities.ts";
import { ServiceName } from "../format/service-name.tsx";
import { formatTime } from "../format/time.ts";
import { Badges } from "./badges.tsx";
import { TraceOutcome } from "./trace-outcome.tsx";

type TraceTableProps = {
  readonly traces: readonly TraceSummary[];
  /** For a narrow column: without spans, services and time. */
  readonly compact?: boolean;
  /** Each row then offers to be compared with this trace. */
  readonly compareWith?: string;
};

export function TraceTable({ traces, compact = false, compareWith = "" }: TraceTableProps): JSX.Element {
  if (traces.length === 0) return <p class="quiet">No trace yet.</p>;
  const longest = traces.reduce((max, { durationMs }) => Math.max(max, durationMs), 0);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Traces table">
      <table class={`trace-table${compact ? " compact" : ""}`}>
        <thead>
          <tr>
            <th scope="col">Request</th>
            <th scope="col">Outcome</th>
            <th scope="col" class="number">
              Took
            </th>
            {compact ? null : <FurtherHeads />}
          </tr>
        </thead>
        <tbody>
          {traces.map((trace) => (
            <tr key={trace.traceId} data-trace={trace.traceId}>
              <th scope="row">
                <div class="request">
                  <ServiceName service={trace.service} />
                  <a href={traceHref(trace.traceId)}>{trace.operation}</a>
                  <Badges badges={trace.badges} />
                  {compareWith === "" || compareWith === trace.traceId ? null : (
                    <a class="row-action" href={compareHref(compareWith, trace.traceId)}>
                      compare with this
                    </a>
                  )}
                </div>
              </th>
              <td>
                <TraceOutcome trace={trace} />
              </td>
              <td class="number duration-cell">
                <span>{formatMs(trace.durationMs)}</span>
                <span
                  class="duration-bar"
                  aria-hidden="true"
                  style={{ width: `${(trace.durationMs / longest) * 100}%` }}
                />
              </td>
              {compact ? null : <FurtherCells trace={trace} />}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const FurtherHeads = (): JSX.Element => (
  <>
    <th scope="col" class="number">
      Spans
    </th>
    <th scope="col">Services</th>
    <th scope="col">Began</th>
  </>
);

const FurtherCells = ({ trace: { spans, services, startMs } }: { trace: TraceSummary }): JSX.Element => (
  <>
    <td class="number">{spans}</td>
    <td class="services-cell quiet">{services.join(", ")}</td>
    <td class="quiet nowrap">{formatTime(startMs)}</td>
  </>
);

const compareHref = (a: string, b: string): string =>
  withQuery({ path: "/compare", query: new URLSearchParams() }, { a, b });
