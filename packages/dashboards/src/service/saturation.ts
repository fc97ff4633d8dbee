import { BytesIEC, NoUnit, PercentUnit, Seconds } from "@grafana/grafana-foundation-sdk/units";
import type { Row } from "../dashboard.ts";
import { chart } from "../panels/chart.ts";
import { from } from "../panels/panel.ts";
import { chosenServices, ownContainers } from "../scope.ts";

const limit = (resource: "cpu" | "memory") => ({
  expr: `max(kube_pod_container_resource_limits{${ownContainers}, resource="${resource}"})`,
  legend: "limit",
});

export const saturation: Row = {
  title: "Saturation: the process",
  panels: [
    chart({
      title: "CPU",
      description: "Cores in use, by pod, and what a pod may use at most.",
      unit: "suffix: cores",
      queries: [
        {
          expr: `sum by (pod) (rate(process_cpu_seconds_total{${chosenServices}}[$__rate_interval]))`,
          legend: "{{pod}}",
        },
        limit("cpu"),
      ],
      width: 8,
    }),
    chart({
      title: "CPU throttled",
      description:
        "The share of periods in which the kernel held the container back. Then latency rises without work.",
      unit: PercentUnit,
      queries: [
        {
          expr: `sum by (pod) (rate(container_cpu_cfs_throttled_periods_total{${ownContainers}}[$__rate_interval])) / sum by (pod) (rate(container_cpu_cfs_periods_total{${ownContainers}}[$__rate_interval]))`,
          legend: "{{pod}}",
        },
      ],
      width: 8,
    }),
    chart({
      title: "Event loop, 99th percentile",
      description:
        "How long one turn in a hundred keeps everything else waiting. Above 250 ms for a minute is an alert.",
      unit: Seconds,
      thresholds: from({ green: null, red: 0.25 }),
      queries: [{ expr: `nodejs_eventloop_lag_p99_seconds{${chosenServices}}`, legend: "{{pod}}" }],
      width: 8,
    }),
    chart({
      title: "Memory",
      description: "What the kernel counts for the container, by pod, and at what it kills it.",
      unit: BytesIEC,
      queries: [
        { expr: `sum by (pod) (container_memory_working_set_bytes{${ownContainers}})`, legend: "{{pod}}" },
        limit("memory"),
      ],
      width: 8,
    }),
    chart({
      title: "Heap",
      description: "JavaScript objects in use. A saw-tooth whose lows climb is a leak.",
      unit: BytesIEC,
      queries: [{ expr: `nodejs_heap_size_used_bytes{${chosenServices}}`, legend: "{{pod}}" }],
      width: 8,
    }),
    chart({
      title: "Restarts",
      description: "Of the service's container, within an hour.",
      unit: NoUnit,
      queries: [
        {
          expr: `sum by (pod) (increase(kube_pod_container_status_restarts_total{${ownContainers}}[1h]))`,
          legend: "{{pod}}",
        },
      ],
      width: 8,
    }),
  ],
};
