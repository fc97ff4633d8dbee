import { Milliseconds, NoUnit, PercentUnit, RequestsPerSecond } from "@grafana/grafana-foundation-sdk/units";
import type { Row } from "../dashboard.ts";
import { subsets, upstream } from "../envoy.ts";
import { chart } from "../panels/chart.ts";
import type { Query } from "../query.ts";

const rate = (counter: string, matchers: string): string =>
  `sum(rate(${counter}{${matchers}}[$__rate_interval]))`;

const all = (subset: string): string => rate("envoy_cluster_upstream_rq_total", upstream(subset));

const failed = (subset: string): string =>
  rate("envoy_cluster_upstream_rq", `${upstream(subset)}, response_code_class="5xx"`);

const perSubset = (expr: (subset: string) => string): readonly Query[] =>
  subsets.map((subset) => ({ expr: expr(subset), legend: subset }));

export const callersView: Row = {
  title: "Stable and canary, as their callers' proxies saw them",
  panels: [
    chart({
      title: "Share of traffic at the canary",
      description: "What the weights of the VirtualService came to.",
      unit: PercentUnit,
      max: 1,
      queries: [{ expr: `${all("canary")} / ${all("(?:stable|canary)")}`, legend: "canary" }],
      width: 8,
    }),
    chart({
      title: "Errors, by subset",
      description: "The share of 5xx, also of requests for which no pod was there. Compare the two lines.",
      unit: PercentUnit,
      queries: perSubset((subset) => `(${failed(subset)} or vector(0)) / (${all(subset)} > 0)`),
      width: 8,
    }),
    chart({
      title: "Duration, by subset",
      description: "The 95th percentile, with the way there and back.",
      unit: Milliseconds,
      queries: perSubset(
        (subset) =>
          `histogram_quantile(0.95, sum by (le) (rate(envoy_cluster_upstream_rq_time_bucket{${upstream(subset)}}[$__rate_interval])))`,
      ),
      width: 8,
    }),
    chart({
      title: "Requests, by subset",
      description: "Per second. Too few at the canary prove nothing: the analysis asks for a minimum.",
      unit: RequestsPerSecond,
      stacked: true,
      queries: perSubset(all),
      width: 8,
    }),
    chart({
      title: "Failed connections, by subset",
      description: "Per second: no pod took them, so no pod counted them.",
      unit: "suffix: /s",
      queries: perSubset((subset) => rate("envoy_cluster_upstream_cx_connect_fail", upstream(subset))),
      width: 8,
    }),
    chart({
      title: "Pods in the subset",
      description:
        "Healthy ones, as a caller knows them. None at the canary while it has weight: requests fail.",
      unit: NoUnit,
      queries: perSubset((subset) => `max(envoy_cluster_membership_healthy{${upstream(subset)}})`),
      width: 8,
    }),
  ],
};
