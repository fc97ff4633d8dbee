import type { JSX } from "preact";
import type { Exemplars, ExemplarView } from "../../../src/api-types.ts";
import { traceHref } from "../frame/address.ts";
import { Panel } from "../frame/panel.tsx";
import { formatTime } from "../format/time.ts";
import { useAnswer } from "../live/use-answer.ts";
import { LabelSet } from "./label-set.tsx";

const EVERY_MS = 5_000;
const SHOWN = 20;

/** From a metric to a request that was counted in it. */
export function ExemplarsPanel({ query }: { query: string }): JSX.Element {
  const { body } = useAnswer<Exemplars>(`/api/exemplars?${new URLSearchParams({ query }).toString()}`, {
    everyMs: EVERY_MS,
  });
  const exemplars = body?.exemplars ?? [];
  return (
    <Panel
      title="Example traces"
      cluster={{ tool: "Grafana", query: `Explore › Prometheus › ${query} › Exemplars on` }}
    >
      {exemplars.length === 0 ? (
        <p class="quiet">
          None. Histograms have them: ask for one whose name ends in <code>_bucket</code>.
        </p>
      ) : (
        <div class="scroll" tabIndex={0} role="region" aria-label="Example traces of the series">
          <table class="sample-table" data-testid="exemplars">
            <thead>
              <tr>
                <th scope="col">Trace</th>
                <th scope="col" class="number">
                  Value
                </th>
                <th scope="col">When</th>
                <th scope="col">Counted in</th>
              </tr>
            </thead>
            <tbody>
              {exemplars.slice(0, SHOWN).map((exemplar) => (
                <ExemplarRow key={`${exemplar.timeMs} ${exemplar.series.join()}`} exemplar={exemplar} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

function ExemplarRow({
  exemplar: { labels, series, value, timeMs },
}: {
  exemplar: ExemplarView;
}): JSX.Element {
  const named = (label: string): string => labels.find(([name]) => name === label)?.[1] ?? "";
  const traceId = named("trace_id");
  return (
    <tr>
      <th scope="row">
        {traceId === "" ? (
          <span class="quiet">names no trace</span>
        ) : (
          <a href={traceHref(traceId, named("span_id"))}>trace {traceId.slice(0, 8)}</a>
        )}
      </th>
      <td class="number">{value}</td>
      <td class="nowrap">{formatTime(timeMs)}</td>
      <td>
        <LabelSet labels={series} />
      </td>
    </tr>
  );
}
