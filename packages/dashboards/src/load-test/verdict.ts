import { NoUnit, PercentUnit, RequestsPerSecond, Seconds } from "@grafana/grafana-foundation-sdk/units";
import type { Row } from "../dashboard.ts";
import { chart } from "../panels/chart.ts";
import { bigNumber } from "../panels/number.ts";
import { below } from "../panels/panel.ts";
import { run, thresholds } from "./run.ts";

export const verdict: Row = {
  title: "The run",
  panels: [
    bigNumber({
      title: "Shoppers",
      description: "Virtual users that are now in the shop.",
      unit: NoUnit,
      queries: [{ expr: `sum(k6_vus{${run}})`, legend: "shoppers" }],
      width: 4,
    }),
    bigNumber({
      title: "Visits begun",
      description: "Per second. Below the rate that was asked for, k6 ran out of shoppers.",
      unit: "suffix: /s",
      decimals: 1,
      queries: [{ expr: `sum(rate(k6_iterations_total{${run}}[$__rate_interval]))`, legend: "visits" }],
      width: 4,
    }),
    bigNumber({
      title: "Failed journeys",
      description: "The share so far. A run fails above one in a hundred, unless it was given another limit.",
      unit: PercentUnit,
      decimals: 2,
      thresholds: below(thresholds.failedJourneys / 2, thresholds.failedJourneys),
      queries: [{ expr: `max(k6_journey_failed_rate{${run}})`, legend: "failed" }],
      width: 4,
    }),
    bigNumber({
      title: "Page, 95th percentile",
      description:
        "Of the slowest kind of page now. A run fails above 1.5 s for all pages together, unless it was given another limit.",
      unit: Seconds,
      thresholds: below(thresholds.pageSeconds / 2, thresholds.pageSeconds),
      queries: [{ expr: `max(k6_http_req_duration_p95{${run}})`, legend: "p95" }],
      width: 4,
    }),
    bigNumber({
      title: "Pages",
      description: "Answered per second.",
      unit: RequestsPerSecond,
      decimals: 1,
      queries: [{ expr: `sum(rate(k6_http_reqs_total{${run}}[$__rate_interval]))`, legend: "pages" }],
      width: 4,
    }),
    bigNumber({
      title: "Visits not begun",
      description: "Since the run began, because no shopper was free: the mall was too slow for the rate.",
      unit: NoUnit,
      thresholds: below(1, 1),
      none: "0",
      queries: [{ expr: `sum(k6_dropped_iterations_total{${run}})`, legend: "dropped" }],
      width: 4,
    }),
    chart({
      title: "Shoppers and visits",
      description: "When shoppers pile up while visits stay the same, the mall answers more slowly.",
      unit: NoUnit,
      queries: [
        { expr: `sum(k6_vus{${run}})`, legend: "shoppers" },
        { expr: `sum(k6_vus_max{${run}})`, legend: "shoppers at most" },
        {
          expr: `60 * sum(rate(k6_iterations_total{${run}}[$__rate_interval]))`,
          legend: "visits per minute",
        },
      ],
      width: 12,
    }),
    chart({
      title: "Journeys",
      description:
        "Ended per minute, by kind, those that failed, and buyers who were told that it is sold out or costs more.",
      unit: "suffix: /min",
      queries: [
        {
          expr: `60 * sum by (journey) (rate(k6_journeys_total{${run}}[$__rate_interval]))`,
          legend: "{{journey}}",
        },
        {
          expr: `60 * sum by (journey) (rate(k6_journeys_failed_total{${run}}[$__rate_interval]))`,
          legend: "{{journey}}: failed",
        },
        { expr: `60 * sum(rate(k6_turned_away_total{${run}}[$__rate_interval]))`, legend: "turned away" },
      ],
      width: 12,
    }),
  ],
};
