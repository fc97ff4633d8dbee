import type { JSX } from "preact";
import { BusinessPanel } from "../business/business-panel.tsx";
import { ServiceGraph } from "../graph/service-graph.tsx";
import { useLive } from "../live/live-feed.ts";
import { ServicesTable } from "../services/services-table.tsx";
import { LiveTraces } from "../traces/live-traces.tsx";
import { EntryFigures } from "./entry-figures.tsx";
import { Panel } from "./panel.tsx";
import { useTitle } from "./use-title.ts";

export function OverviewView(): JSX.Element {
  const { snapshot } = useLive();
  useTitle("Overview");
  return (
    <div class="overview">
      <h1 class="visually-hidden">Overview</h1>
      <BusinessPanel />
      <EntryFigures />
      <Panel
        title="Who calls whom"
        class="overview-graph"
        cluster={{ tool: "Kiali", query: "Graph › namespace mall › versioned app graph, response time p95" }}
      >
        {snapshot === null ? <Waiting /> : <ServiceGraph graph={snapshot.graph} />}
      </Panel>
      <Panel
        title="Services"
        class="overview-services"
        cluster={{
          tool: "Grafana",
          query: "sum by (service) (rate(http_server_request_duration_seconds_count[1m]))",
        }}
      >
        {snapshot === null ? <Waiting /> : <ServicesTable services={snapshot.services} />}
      </Panel>
      <Panel
        title="Newest traces"
        class="overview-traces"
        cluster={{ tool: "Jaeger", query: "service=frontend lookback=1h limit=30" }}
      >
        <LiveTraces />
      </Panel>
    </div>
  );
}

const Waiting = (): JSX.Element => <p class="quiet">Waiting for the first snapshot…</p>;
