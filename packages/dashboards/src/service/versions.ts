import { PercentUnit, RequestsPerSecond, Seconds } from "@grafana/grafana-foundation-sdk/units";
import type { Row } from "../dashboard.ts";
import { chart } from "../panels/chart.ts";
import { errorRatio, quantile, replicaSet, requestRate } from "../server-requests.ts";

const byVersion = "version, rollouts_pod_template_hash";
const versionName = "{{version}} ({{rollouts_pod_template_hash}})";

export const versions: Row = {
  title: "By version",
  panels: [
    chart({
      title: "Rate, by version",
      description: "Requests answered per second. Two versions at a time are a canary and the stable one.",
      unit: RequestsPerSecond,
      stacked: true,
      queries: [{ expr: requestRate(byVersion, replicaSet), legend: versionName }],
      width: 8,
    }),
    chart({
      title: "Errors, by version",
      description: "The share of requests answered 5xx.",
      unit: PercentUnit,
      queries: [{ expr: errorRatio(byVersion, replicaSet), legend: versionName }],
      width: 8,
    }),
    chart({
      title: "Duration, by version",
      description: "The 95th percentile. Each point is a request, and leads to its trace.",
      unit: Seconds,
      queries: [{ expr: quantile(0.95, byVersion, replicaSet), legend: versionName, exemplars: true }],
      width: 8,
    }),
  ],
};
