import type { JSX } from "preact";
import type { ComparedSpans, ComparisonRow } from "../../../src/api-types.ts";
import { formatDelta, formatMs } from "../format/quantities.ts";
import { ServiceName } from "../format/service-name.tsx";
import { DeltaBar } from "./delta-bar.tsx";

export function ComparisonTable({ rows }: { rows: readonly ComparisonRow[] }): JSX.Element {
  const largest = Math.max(0, ...rows.map(({ deltaMs }) => Math.abs(deltaMs)));
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Comparison table">
      <table class="comparison-table">
        <thead>
          <tr>
            <th scope="col">Service and operation</th>
            <th scope="col" class="number">
              A
            </th>
            <th scope="col" class="number">
              B
            </th>
            <th scope="col">Difference</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at} class={presence(row)}>
              <th scope="row" style={{ paddingLeft: `${Math.min(row.depth, 14) * 0.7}rem` }}>
                <ServiceName service={row.service} /> <span class="operation">{row.operation}</span>
                {row.a === null ? <span class="badge">only in B</span> : null}
                {row.b === null ? <span class="badge">only in A</span> : null}
              </th>
              <td class="number">
                <Spans spans={row.a} />
              </td>
              <td class="number">
                <Spans spans={row.b} />
              </td>
              <td>
                <DeltaBar delta={row.deltaMs} largest={largest} text={formatDelta(row.deltaMs)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const presence = ({ a, b }: ComparisonRow): string | undefined =>
  a === null ? "only-b" : b === null ? "only-a" : undefined;

const Spans = ({ spans }: { spans: ComparedSpans | null }): JSX.Element =>
  spans === null ? (
    <span class="quiet">–</span>
  ) : (
    <>
      {spans.count > 1 ? <span class="quiet">{spans.count} × </span> : null}
      {formatMs(spans.totalMs)}
      {spans.errors > 0 ? <span class="wrong"> ◆ {spans.errors}</span> : null}
    </>
  );
