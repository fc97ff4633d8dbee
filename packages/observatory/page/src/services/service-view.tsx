import type { JSX } from "preact";
import type { OperationRow, Services } from "../../../src/api-types.ts";
import { tracesHref, withQuery } from "../frame/address.ts";
import { Panel } from "../frame/panel.tsx";
import { ProblemNotice } from "../frame/problem-notice.tsx";
import { useTitle } from "../frame/use-title.ts";
import { HealthMark } from "../format/health-mark.tsx";
import { ServiceName } from "../format/service-name.tsx";
import { HeatMapPanel } from "../latency/heat-map-panel.tsx";
import { useAnswer } from "../live/use-answer.ts";
import { TraceTable } from "../traces/trace-table.tsx";
import { useTraces } from "../traces/use-traces.ts";
import { RedCells, RedHead } from "./red-cells.tsx";

/** Everything about one service: its operations, its latencies, its newest traces. */
export function ServiceView({ service }: { service: string }): JSX.Element {
  useTitle(service);
  const address = `/api/services?${new URLSearchParams({ service }).toString()}`;
  const { body, problem } = useAnswer<Services>(address, { everyMs: 2_000 });
  const traces = useTraces(new URLSearchParams({ service, limit: "20" }));
  const row = body?.services.find((candidate) => candidate.service === service);
  return (
    <>
      <div class="view-head">
        <h1>
          <ServiceName service={service} />
        </h1>
        {row === undefined ? null : <HealthMark health={row.health} />}
        <a href={tracesHref({ service })}>All its traces</a>
        <a href={tracesHref({ service, errors: "true" })}>The failed ones</a>
      </div>
      <ProblemNotice problem={problem} />
      <Panel title="Operations" cluster={{ tool: "Grafana", query: operationQuery(service) }}>
        {body === null ? (
          <p class="quiet">Asking…</p>
        ) : (
          <Operations rows={body.operations.filter((operation) => operation.service === service)} />
        )}
      </Panel>
      <HeatMapPanel service={service} route="" />
      <Panel title="Newest traces" cluster={{ tool: "Jaeger", query: `service=${service} limit=20` }}>
        <ProblemNotice problem={traces.problem} />
        <TraceTable traces={traces.body?.traces ?? []} />
      </Panel>
    </>
  );
}

const operationQuery = (service: string): string =>
  `histogram_quantile(0.95, sum by (le, http_route) (rate(http_server_request_duration_seconds_bucket{service=${JSON.stringify(service)}}[5m])))`;

function Operations({ rows }: { rows: readonly OperationRow[] }): JSX.Element {
  if (rows.length === 0) return <p class="quiet">It has answered no request in the last ten minutes.</p>;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Operations table">
      <table class="red-table">
        <thead>
          <tr>
            <th scope="col">Operation</th>
            <th scope="col">Health</th>
            <RedHead median />
            <th scope="col">Show</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.operation}>
              <th scope="row" class="operation">
                {row.operation}
              </th>
              <td>
                <HealthMark health={row.health} />
              </td>
              <RedCells row={row} median />
              <td class="row-links">
                <OperationLinks row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function OperationLinks({ row: { service, operation } }: { row: OperationRow }): JSX.Element {
  const selection = { service, route: operation };
  const latency = withQuery({ path: "/latency", query: new URLSearchParams() }, selection);
  return (
    <>
      <a href={tracesHref(selection)} aria-label={`Traces of ${operation}`}>
        traces
      </a>
      <a href={latency} aria-label={`Latency of ${operation}`}>
        latency
      </a>
    </>
  );
}
