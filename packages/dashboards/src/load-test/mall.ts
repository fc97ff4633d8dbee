import { PercentUnit, RequestsPerSecond, Seconds } from "@grafana/grafana-foundation-sdk/units";
import type { Row } from "../dashboard.ts";
import { chart } from "../panels/chart.ts";
import { chosenServices, here } from "../scope.ts";
import { traceLink } from "../trace-link.ts";

const links = [traceLink("Its traces", { service: "${__field.labels.service}" })];

export const mall: Row = {
  title: "What it did to the mall",
  panels: [
    chart({
      title: "Requests, by service",
      description: "Per second, over two minutes: one page is many requests.",
      unit: RequestsPerSecond,
      queries: [{ expr: `service:http_requests:rate2m{${chosenServices}}`, legend: "{{service}}" }],
      width: 8,
      links,
    }),
    chart({
      title: "Errors, by service",
      description: "The share of 5xx, over two minutes.",
      unit: PercentUnit,
      queries: [{ expr: `service:http_errors:ratio_rate2m{${chosenServices}}`, legend: "{{service}}" }],
      width: 8,
      links,
    }),
    chart({
      title: "Duration, by service",
      description: "The 95th percentile, over two minutes. The one that rises first is where to look.",
      unit: Seconds,
      queries: [
        {
          expr: `service:http_request_duration_seconds:p95_rate2m{${chosenServices}}`,
          legend: "{{service}}",
        },
      ],
      width: 8,
      links,
    }),
    chart({
      title: "CPU, by service",
      description: "Cores in use by all pods of a service.",
      unit: "suffix: cores",
      queries: [
        {
          expr: `sum by (service) (rate(process_cpu_seconds_total{${chosenServices}}[$__rate_interval]))`,
          legend: "{{service}}",
        },
      ],
      width: 8,
    }),
    chart({
      title: "Event loop, by service",
      description: "The 99th percentile of the worst pod. A process that computes too much waits here first.",
      unit: Seconds,
      queries: [
        {
          expr: `max by (service) (nodejs_eventloop_lag_p99_seconds{${chosenServices}})`,
          legend: "{{service}}",
        },
      ],
      width: 8,
    }),
    chart({
      title: "Active database connections, by service",
      description: "Those that run a statement now.",
      unit: "none",
      queries: [
        {
          expr: `sum by (application_name) (cnpg_backends_total{${here}, state="active", application_name=~"$service"})`,
          legend: "{{application_name}}",
        },
      ],
      width: 8,
    }),
    chart({
      title: "Pods, by service",
      description: "What the autoscaler wants and what there is.",
      unit: "none",
      queries: [
        {
          expr: `max by (horizontalpodautoscaler) (kube_horizontalpodautoscaler_status_desired_replicas{${here}, horizontalpodautoscaler=~"$service"})`,
          legend: "{{horizontalpodautoscaler}}: wanted",
        },
        { expr: `count by (service) (up{${chosenServices}} == 1)`, legend: "{{service}}: there" },
      ],
      width: 12,
    }),
    chart({
      title: "Orders and checkout",
      description: "What the load came to: attempts to place an order, by outcome.",
      unit: "suffix: /min",
      stacked: true,
      queries: [{ expr: `mall:checkouts:per_minute{${here}}`, legend: "{{outcome}}" }],
      width: 12,
      links: [traceLink("Traces of orders", { service: "checkout", operation: "POST /orders" })],
    }),
  ],
};
