import { NoUnit, Seconds } from "@grafana/grafana-foundation-sdk/units";
import type { Row } from "../dashboard.ts";
import { upstream } from "../envoy.ts";
import { chart } from "../panels/chart.ts";
import { here } from "../scope.ts";

// The kit opens its connections under the service's name.
const ownConnections = `${here}, application_name=~"$service"`;

export const dependencies: Row = {
  title: "Saturation: the database and the way to the service",
  panels: [
    chart({
      title: "Database connections",
      description:
        "Of all pods of the service, by what they do. All of them active: requests wait for a connection.",
      unit: NoUnit,
      stacked: true,
      queries: [{ expr: `sum by (state) (cnpg_backends_total{${ownConnections}})`, legend: "{{state}}" }],
      width: 6,
    }),
    chart({
      title: "Longest transaction",
      description: "Now open. A long one keeps its locks, and others wait for them.",
      unit: Seconds,
      queries: [
        {
          expr: `max by (state) (cnpg_backends_max_tx_duration_seconds{${ownConnections}})`,
          legend: "{{state}}",
        },
      ],
      width: 6,
    }),
    chart({
      title: "Pods put out by outlier detection",
      description:
        "How many pods of the service its callers' proxies avoid now, by caller, because they kept failing.",
      unit: NoUnit,
      queries: [
        {
          expr: `max by (pod) (envoy_cluster_outlier_detection_ejections_active{${upstream(".*")}})`,
          legend: "{{pod}}",
        },
      ],
      width: 6,
    }),
    chart({
      title: "Circuit breakers of the proxies",
      description:
        "1: a caller's proxy refuses requests to the service, for too many are under way or waiting.",
      unit: NoUnit,
      queries: [
        {
          expr: `max by (pod) (envoy_cluster_circuit_breakers_default_rq_open{${upstream(".*")}})`,
          legend: "{{pod}}: requests",
        },
        {
          expr: `max by (pod) (envoy_cluster_circuit_breakers_default_rq_pending_open{${upstream(".*")}})`,
          legend: "{{pod}}: waiting",
        },
      ],
      width: 6,
    }),
  ],
};
