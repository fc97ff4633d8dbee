import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import type { RangeAnswer } from "../../../src/api-types.ts";
import { Panel } from "../frame/panel.tsx";
import { ProblemNotice } from "../frame/problem-notice.tsx";
import { formatMinute } from "../format/time.ts";
import { useAnswer } from "../live/use-answer.ts";
import { RangeLegend } from "./range-legend.tsx";
import { RangePlot } from "./range-plot.tsx";
import { stepOf } from "./time-spans.ts";

const EVERY_MS = 5_000;

/** A query over time. */
export function RangePanel({ query, spanMs }: { query: string; spanMs: number }): JSX.Element {
  const parameters = { query, last: String(spanMs), step: String(stepOf(spanMs)) };
  const { body, problem } = useAnswer<RangeAnswer>(
    `/api/query-range?${new URLSearchParams(parameters).toString()}`,
    { everyMs: EVERY_MS },
  );
  return (
    <Panel
      title="Over time"
      cluster={{
        tool: "Prometheus",
        query: `/graph?${new URLSearchParams({ "g0.expr": query, "g0.tab": "0", "g0.range_input": `${spanMs / 60_000}m` }).toString()}`,
      }}
    >
      <ProblemNotice problem={problem} />
      {body === null ? (
        <p class="quiet">{problem === null ? "Asking…" : "No answer."}</p>
      ) : (
        <Plotted answer={body} />
      )}
    </Panel>
  );
}

/** The reading follows the newest step until somebody points at another. */
function Plotted({ answer }: { answer: RangeAnswer }): JSX.Element {
  const slider = useId();
  const [chosen, setChosen] = useState<number | null>(null);
  if (answer.series.length === 0) return <p class="quiet">No series had a sample in that time.</p>;
  const { fromMs, toMs, stepMs, series, leftOut } = answer;
  const last = Math.floor((toMs - fromMs) / stepMs);
  const step = Math.min(chosen ?? last, last);
  return (
    <div data-testid="range">
      <RangePlot answer={answer} step={step} onStep={setChosen} />
      <div class="plot-reading">
        <label for={slider}>Read at {formatMinute(fromMs + step * stepMs)}</label>
        <input
          id={slider}
          type="range"
          min={0}
          max={last}
          value={step}
          aria-valuetext={formatMinute(fromMs + step * stepMs)}
          onInput={({ currentTarget }) => setChosen(Number(currentTarget.value))}
        />
        {chosen === null ? null : (
          <button type="button" class="button-link" onClick={() => setChosen(null)}>
            Newest
          </button>
        )}
      </div>
      <RangeLegend series={series} step={step} />
      {leftOut > 0 ? (
        <p class="quiet">{leftOut} smaller series are left out: a label or topk narrows it.</p>
      ) : null}
    </div>
  );
}
