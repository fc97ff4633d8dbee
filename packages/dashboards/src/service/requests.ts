import { PercentUnit, RequestsPerSecond, Seconds } from "@grafana/grafana-foundation-sdk/units";
import type { Row } from "../dashboard.ts";
import { chart } from "../panels/chart.ts";
import { heatMap } from "../panels/heat-map.ts";
import { errorRatio, quantile, replicaSet, requestRate, serverDuration } from "../server-requests.ts";
import { traceLink } from "../trace-link.ts";

const byRoute = "http_request_method, http_route";
const routeName = "{{http_request_method}} {{http_route}}";
const links = [
  traceLink("Traces of this route", {
    service: "${service}",
    operation: "${__field.labels.http_request_method} ${__field.labels.http_route}",
  }),
  traceLink("Failed requests", { service: "${service}", tags: "error=true" }),
];

export const requestsByRoute: Row = {
  title: "Requests, by route",
  panels: [
    chart({
      title: "Rate",
      description: "Requests answered per second.",
      unit: RequestsPerSecond,
      queries: [{ expr: requestRate(byRoute, replicaSet), legend: routeName }],
      width: 8,
      links,
    }),
    chart({
      title: "Errors",
      description:
        "The share of requests answered 5xx. A 4xx is an answer: the caller asked for something that is not.",
      unit: PercentUnit,
      queries: [{ expr: errorRatio(byRoute, replicaSet), legend: routeName }],
      width: 8,
      links,
    }),
    chart({
      title: "Duration, 95th percentile",
      description:
        "Nineteen of twenty requests are answered faster. Each point is a request, and leads to its trace.",
      unit: Seconds,
      queries: [{ expr: quantile(0.95, byRoute, replicaSet), legend: routeName, exemplars: true }],
      width: 8,
      links,
    }),
  ],
};

export const latency: Row = {
  title: "Latency",
  panels: [
    heatMap({
      title: "Requests by their duration",
      description: "Two bands are two kinds of requests. Each point is a request, and leads to its trace.",
      unit: Seconds,
      queries: [
        {
          expr: `sum by (le) (increase(${serverDuration}_bucket{${replicaSet}}[$__rate_interval]))`,
          legend: "{{le}}",
          exemplars: true,
        },
      ],
      width: 12,
    }),
    chart({
      title: "Percentiles",
      description:
        "Of all requests. When only the 99th rises, few requests wait for something: look at their traces.",
      unit: Seconds,
      queries: [0.5, 0.95, 0.99].map((share) => ({
        expr: quantile(share, "service", replicaSet),
        legend: `p${share * 100}`,
        exemplars: share === 0.99,
      })),
      width: 12,
      links: [traceLink("Traces of this service", { service: "${service}" })],
    }),
  ],
};
