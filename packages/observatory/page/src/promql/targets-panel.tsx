import type { JSX } from "preact";
import type { Targets } from "../../../src/api-types.ts";
import { Panel } from "../frame/panel.tsx";
import { ProblemNotice } from "../frame/problem-notice.tsx";
import { formatCount, formatMs } from "../format/quantities.ts";
import { ServiceName } from "../format/service-name.tsx";
import { useAnswer } from "../live/use-answer.ts";
import { StateMark } from "./state-mark.tsx";

const EVERY_MS = 5_000;
const HEALTH = { up: "healthy", down: "failing", unknown: "idle" } as const;

/** Who is scraped, and whether they answer. */
export function TargetsPanel(): JSX.Element {
  const { body, problem } = useAnswer<Targets>("/api/targets", { everyMs: EVERY_MS });
  return (
    <Panel title="Targets" cluster={{ tool: "Prometheus", query: "/targets" }}>
      <ProblemNotice problem={problem} />
      {body === null ? <p class="quiet">Asking…</p> : null}
      {body?.targets.length === 0 ? (
        <p class="quiet">
          No service’s metrics are scraped here: the mall names them when it starts the observatory
          (METRICS_TARGETS).
        </p>
      ) : null}
      {body === null || body.targets.length === 0 ? null : <TargetTable {...body} />}
    </Panel>
  );
}

const TargetTable = ({ targets, series, refusedSeries }: Targets): JSX.Element => (
  <>
    <div class="scroll" tabIndex={0} role="region" aria-label="Targets table">
      <table data-testid="targets">
        <thead>
          <tr>
            <th scope="col">Service</th>
            <th scope="col">State</th>
            <th scope="col" class="number">
              Samples
            </th>
            <th scope="col" class="number">
              Took
            </th>
            <th scope="col" class="number">
              Failed scrapes
            </th>
            <th scope="col">Last failure</th>
          </tr>
        </thead>
        <tbody>
          {targets.map(
            ({ service, instance, health, samples, lastDurationMs, scrapes, failures, lastError }) => (
              <tr key={`${service} ${instance}`}>
                <th scope="row">
                  <ServiceName service={service} /> <span class="quiet">{instance}</span>
                </th>
                <td>
                  <StateMark health={HEALTH[health]} word={health} />
                </td>
                <td class="number">{formatCount(samples)}</td>
                <td class="number">{formatMs(lastDurationMs)}</td>
                <td class="number">
                  {formatCount(failures)} of {formatCount(scrapes)}
                </td>
                <td>{lastError === "" ? "" : lastError}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
    <p class="quiet">
      {formatCount(series)} series are kept
      {refusedSeries === 0 ? "" : `; for ${formatCount(refusedSeries)} samples there was no room`}. Every
      sample for a quarter of an hour, then one a minute for six hours.
    </p>
  </>
);
