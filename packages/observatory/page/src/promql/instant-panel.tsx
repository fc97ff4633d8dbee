import type { JSX } from "preact";
import type { QueryAnswer } from "../../../src/api-types.ts";
import { Panel } from "../frame/panel.tsx";
import { ProblemNotice } from "../frame/problem-notice.tsx";
import { formatCount } from "../format/quantities.ts";
import { useAnswer } from "../live/use-answer.ts";
import { LabelSet } from "./label-set.tsx";

const EVERY_MS = 5_000;
const MOST_ROWS = 200;

/** The value of a query now. */
export function InstantPanel({ query }: { query: string }): JSX.Element {
  const { body, problem } = useAnswer<QueryAnswer>(
    `/api/query?${new URLSearchParams({ query }).toString()}`,
    {
      everyMs: EVERY_MS,
    },
  );
  return (
    <Panel
      title="Now"
      cluster={{
        tool: "Prometheus",
        query: `/graph?${new URLSearchParams({ "g0.expr": query, "g0.tab": "1" }).toString()}`,
      }}
    >
      {/* The plot above has said it already when a query is not understood. */}
      {problem?.status === 400 ? null : <ProblemNotice problem={problem} />}
      {body === null ? (
        <p class="quiet">{problem === null ? "Asking…" : "No answer."}</p>
      ) : (
        <Answer answer={body} />
      )}
    </Panel>
  );
}

function Answer({ answer }: { answer: QueryAnswer }): JSX.Element {
  const samples = answer.type === "scalar" ? [{ labels: [], value: answer.value }] : answer.samples;
  if (samples.length === 0)
    return (
      <p class="quiet">
        No series: nothing of that name and those labels was measured in the last five minutes.
      </p>
    );
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Values now">
      <table class="sample-table" data-testid="instant">
        <thead>
          <tr>
            <th scope="col">Series</th>
            <th scope="col" class="number">
              Value
            </th>
          </tr>
        </thead>
        <tbody>
          {samples.slice(0, MOST_ROWS).map(({ labels, value }) => (
            <tr key={labels.join()}>
              <th scope="row">{answer.type === "scalar" ? "scalar" : <LabelSet labels={labels} />}</th>
              <td class="number">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {samples.length > MOST_ROWS ? (
        <p class="quiet">
          {formatCount(samples.length - MOST_ROWS)} more are not shown: <code>topk</code> or a label narrows
          it.
        </p>
      ) : null}
    </div>
  );
}
