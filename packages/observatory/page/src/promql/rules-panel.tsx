import type { JSX } from "preact";
import type { Rules, RuleView } from "../../../src/api-types.ts";
import { promqlHref } from "../frame/address.ts";
import { Panel } from "../frame/panel.tsx";
import { ProblemNotice } from "../frame/problem-notice.tsx";
import { formatMs } from "../format/quantities.ts";
import { useAnswer } from "../live/use-answer.ts";
import { StateMark } from "./state-mark.tsx";

const EVERY_MS = 10_000;
const HEALTH = { ok: "healthy", error: "failing", unknown: "idle" } as const;

/** The rules file, as it is evaluated here and by Prometheus in the cluster. */
export function RulesPanel(): JSX.Element {
  const { body, problem } = useAnswer<Rules>("/api/rules", { everyMs: EVERY_MS });
  const groups = Map.groupBy(body?.rules ?? [], ({ group }) => group);
  return (
    <Panel title="Rules" cluster={{ tool: "Prometheus", query: "/rules" }}>
      <ProblemNotice problem={problem} />
      {body === null ? <p class="quiet">Asking…</p> : null}
      {body?.rules.length === 0 ? <p class="quiet">No rules file is evaluated here.</p> : null}
      {[...groups].map(([group, rules]) => (
        <RuleGroup key={group} group={group} rules={rules} />
      ))}
    </Panel>
  );
}

function RuleGroup({ group, rules }: { group: string; rules: readonly RuleView[] }): JSX.Element {
  const failing = rules.filter(({ health }) => health === "error").length;
  return (
    <details class="rule-group" open={failing > 0}>
      <summary>
        {group} <span class="quiet">{rules.length} rules</span>
        {failing === 0 ? null : <span class="wrong"> {failing} cannot be evaluated</span>}
      </summary>
      <div class="scroll" tabIndex={0} role="region" aria-label={`Rules of ${group}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Rule</th>
              <th scope="col">State</th>
              <th scope="col" class="number">
                Gives
              </th>
              <th scope="col" class="number">
                Took
              </th>
              <th scope="col">Expression</th>
            </tr>
          </thead>
          <tbody>
            {rules.map((rule, at) => (
              <RuleRow key={at} rule={rule} />
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

const RuleRow = ({ rule }: { rule: RuleView }): JSX.Element => {
  const { name, kind, query, forMs, health, lastError, results, durationMs } = rule;
  return (
    <tr>
      <th scope="row">
        <a href={promqlHref(kind === "recording" ? name : query)}>{name}</a>
        {forMs === 0 ? null : <span class="quiet"> for {formatMs(forMs)}</span>}
      </th>
      <td>
        <StateMark health={HEALTH[health]} word={health} />
        {lastError === "" ? null : <p class="wrong">{lastError}</p>}
      </td>
      <td class="number">{results}</td>
      <td class="number">{formatMs(durationMs)}</td>
      <td>
        <code>{query}</code>
      </td>
    </tr>
  );
};
