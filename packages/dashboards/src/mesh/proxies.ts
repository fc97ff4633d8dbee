import { Milliseconds, NoUnit, PercentUnit, RequestsPerSecond } from "@grafana/grafana-foundation-sdk/units";
import type { Row } from "../dashboard.ts";
import { upstream } from "../envoy.ts";
import { chart } from "../panels/chart.ts";

const toService = upstream(".*");
const failed = `sum by (cluster_name) (rate(envoy_cluster_upstream_rq{${toService}, response_code_class="5xx"}[$__rate_interval]))`;
const all = `sum by (cluster_name) (rate(envoy_cluster_upstream_rq_total{${toService}}[$__rate_interval]))`;

export const proxies: Row = {
  title: "The chosen services, as their callers' proxies saw them",
  panels: [
    chart({
      title: "Requests",
      description: "Per second, by the cluster that Envoy sent them to: port, subset, host.",
      unit: RequestsPerSecond,
      queries: [{ expr: all, legend: "{{cluster_name}}" }],
      width: 8,
    }),
    chart({
      title: "Errors",
      description: "The share of 5xx, those that Envoy gave itself included.",
      unit: PercentUnit,
      queries: [{ expr: `(${failed} or 0 * ${all}) / ${all}`, legend: "{{cluster_name}}" }],
      width: 8,
    }),
    chart({
      title: "Duration, 95th percentile",
      description:
        "With the way there and back. What it is above the service's own is the network and the sidecars.",
      unit: Milliseconds,
      queries: [
        {
          expr: `histogram_quantile(0.95, sum by (cluster_name, le) (rate(envoy_cluster_upstream_rq_time_bucket{${toService}}[$__rate_interval])))`,
          legend: "{{cluster_name}}",
        },
      ],
      width: 8,
    }),
    chart({
      title: "Retries",
      description:
        "Per second. A retry hides an error from the caller and doubles the load on a service in trouble.",
      unit: RequestsPerSecond,
      queries: [
        {
          expr: `sum by (cluster_name) (rate(envoy_cluster_upstream_rq_retry{${toService}}[$__rate_interval]))`,
          legend: "{{cluster_name}}",
        },
      ],
      width: 6,
    }),
    chart({
      title: "Connections",
      description: "Open, from all callers.",
      unit: NoUnit,
      queries: [
        {
          expr: `sum by (cluster_name) (envoy_cluster_upstream_cx_active{${toService}})`,
          legend: "{{cluster_name}}",
        },
      ],
      width: 6,
    }),
    chart({
      title: "Pods put out by outlier detection",
      description:
        "As the caller that knows most of it sees it. The circuit-breaker demonstration shows here first.",
      unit: NoUnit,
      queries: [
        {
          expr: `max by (cluster_name) (envoy_cluster_outlier_detection_ejections_active{${toService}})`,
          legend: "{{cluster_name}}",
        },
      ],
      width: 6,
    }),
    chart({
      title: "Refused by circuit breakers",
      description: "Per second: too many requests were waiting for a connection.",
      unit: RequestsPerSecond,
      queries: [
        {
          expr: `sum by (cluster_name) (rate(envoy_cluster_upstream_rq_pending_overflow{${toService}}[$__rate_interval]))`,
          legend: "{{cluster_name}}",
        },
      ],
      width: 6,
    }),
  ],
};
