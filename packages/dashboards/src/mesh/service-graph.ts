import { PercentUnit, RequestsPerSecond, Seconds } from "@grafana/grafana-foundation-sdk/units";
import type { Row } from "../dashboard.ts";
import { graph } from "../panels/graph.ts";
import { table } from "../panels/table.ts";
import { traceLink } from "../trace-link.ts";
import { edgeDuration, edgeErrorRatio, edgeFailures, edgeRate } from "./edges.ts";

export const serviceGraph: Row = {
  title: "Who calls whom, by the traces",
  panels: [
    graph({
      title: "Service graph",
      description:
        "Requests per second, and below it those that failed, on each edge and into each node. Databases and the browser are nodes, too.",
      rate: { expr: edgeRate, legend: "rate", unit: RequestsPerSecond },
      failures: { expr: edgeFailures, legend: "failed", unit: RequestsPerSecond },
      width: 12,
    }),
    table({
      title: "Edges",
      description: "The same as a table. Sort it by errors, then by duration.",
      columns: [
        { expr: edgeRate, legend: "rate", unit: RequestsPerSecond },
        { expr: edgeErrorRatio, legend: "errors", unit: PercentUnit },
        { expr: edgeDuration(0.95), legend: "p95", unit: Seconds },
      ],
      width: 12,
      links: [
        traceLink("Traces of the calling service", { service: "${__data.fields.client}" }),
        traceLink("Traces of the called service", { service: "${__data.fields.server}" }),
      ],
    }),
  ],
};
