import type { JSX } from "preact";
import type { Alerts, AlertView } from "../../../src/api-types.ts";
import { promqlHref } from "../frame/address.ts";
import { Panel } from "../frame/panel.tsx";
import { ProblemNotice } from "../frame/problem-notice.tsx";
import { formatMinute } from "../format/time.ts";
import { useAnswer } from "../live/use-answer.ts";
import { StateMark } from "./state-mark.tsx";

const EVERY_MS = 5_000;

export function AlertsPanel(): JSX.Element {
  const { body, problem } = useAnswer<Alerts>("/api/alerts", { everyMs: EVERY_MS });
  return (
    <Panel title="Alerts" cluster={{ tool: "Prometheus", query: "/alerts" }}>
      <ProblemNotice problem={problem} />
      {body === null ? <p class="quiet">Asking…</p> : null}
      {body?.alerts.length === 0 ? <p class="quiet">None is pending or firing.</p> : null}
      {body === null || body.alerts.length === 0 ? null : (
        <div class="scroll" tabIndex={0} role="region" aria-label="Alerts table">
          <table data-testid="alerts">
            <thead>
              <tr>
                <th scope="col">Alert</th>
                <th scope="col">State</th>
                <th scope="col">Since</th>
                <th scope="col">What</th>
              </tr>
            </thead>
            <tbody>
              {body.alerts.map((alert) => (
                <AlertRow key={`${alert.name} ${alert.labels.join()}`} alert={alert} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

function AlertRow({ alert }: { alert: AlertView }): JSX.Element {
  const { name, state, labels, annotations, activeAtMs } = alert;
  const said = (key: string): string => annotations.find(([each]) => each === key)?.[1] ?? "";
  return (
    <tr>
      <th scope="row">
        <a href={promqlHref(`ALERTS{alertname=${JSON.stringify(name)}}`)}>{name}</a>
      </th>
      <td>
        <StateMark health={state === "firing" ? "failing" : "degraded"} word={state} />
      </td>
      <td class="nowrap">{formatMinute(activeAtMs)}</td>
      <td>
        {said("summary")} <span class="quiet">{said("description")}</span>{" "}
        <span class="quiet">{labels.map(([label, value]) => ` ${label}=${value}`)}</span>
      </td>
    </tr>
  );
}
