import { PercentUnit, Seconds } from "@grafana/grafana-foundation-sdk/units";
import type { Row } from "../dashboard.ts";
import { chart } from "../panels/chart.ts";
import { chosenServices } from "../scope.ts";
import { errorRatio, quantile, requestRate } from "../server-requests.ts";
import { traceLink } from "../trace-link.ts";

const byVersion = "version, rollouts_pod_template_hash";
const versionName = "{{version}} ({{rollouts_pod_template_hash}})";
const links = [
  traceLink("Traces of this version", {
    service: "${service}",
    tags: "service.version=${__field.labels.version}",
  }),
];

export const ownView: Row = {
  title: "The versions, as they saw themselves",
  panels: [
    chart({
      title: "Share of requests, by version",
      description: "Of all requests answered.",
      unit: PercentUnit,
      max: 1,
      stacked: true,
      queries: [
        {
          expr: `${requestRate(byVersion, chosenServices)} / ignoring (${byVersion}) group_left () sum(${requestRate(byVersion, chosenServices)})`,
          legend: versionName,
        },
      ],
      width: 8,
      links,
    }),
    chart({
      title: "Errors, by version",
      description: "The share of requests answered 5xx: what the analysis judges.",
      unit: PercentUnit,
      queries: [{ expr: errorRatio(byVersion, chosenServices), legend: versionName }],
      width: 8,
      links,
    }),
    chart({
      title: "Duration, by version",
      description: "The 95th percentile. Each point is a request, and leads to its trace.",
      unit: Seconds,
      queries: [{ expr: quantile(0.95, byVersion, chosenServices), legend: versionName, exemplars: true }],
      width: 8,
      links,
    }),
  ],
};
