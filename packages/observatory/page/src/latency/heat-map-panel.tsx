import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { HeatCell, HeatMap } from "../../../src/api-types.ts";
import { Panel } from "../frame/panel.tsx";
import { ProblemNotice } from "../frame/problem-notice.tsx";
import { useAnswer } from "../live/use-answer.ts";
import { CellExamples } from "./cell-examples.tsx";
import { HeatMapGrid } from "./heat-map-grid.tsx";

const EVERY_MS = 5_000;

/** The chosen cell with its absolute time, as columns move on. */
export type ChosenCell = { readonly cell: HeatCell; readonly startMs: number; readonly endMs: number };

/** @param service empty for the requests that enter the mall */
export function HeatMapPanel({ service, route }: { service: string; route: string }): JSX.Element {
  const [chosen, setChosen] = useState<ChosenCell | null>(null);
  const query = new URLSearchParams({ service, route });
  const { body, problem } = useAnswer<HeatMap>(`/api/heatmap?${query.toString()}`, { everyMs: EVERY_MS });
  return (
    <Panel title="Ten minutes of latency" cluster={{ tool: "Grafana", query: heatMapQuery(service, route) }}>
      <ProblemNotice problem={problem} />
      {body === null ? (
        <p class="quiet">Asking…</p>
      ) : (
        <HeatMapGrid map={body} chosen={chosen} onChoose={setChosen} />
      )}
      {chosen === null ? null : (
        <CellExamples chosen={chosen} service={service} route={route} onClose={() => setChosen(null)} />
      )}
    </Panel>
  );
}

function heatMapQuery(service: string, route: string): string {
  const path = route.replace(/^[A-Z]+ /, "");
  const labels = [
    `service=${JSON.stringify(service === "" ? "frontend" : service)}`,
    ...(route === "" ? [] : [`http_route=${JSON.stringify(path)}`]),
  ];
  return `sum by (le) (increase(http_server_request_duration_seconds_bucket{${labels.join(",")}}[10s]))`;
}
