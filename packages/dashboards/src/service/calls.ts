import { PercentUnit, RequestsPerSecond, Seconds } from "@grafana/grafana-foundation-sdk/units";
import type { Row } from "../dashboard.ts";
import { chart } from "../panels/chart.ts";
import { chosenServices } from "../scope.ts";

export const calls: Row = {
  title: "Calls to other services, as this one saw them",
  panels: [
    chart({
      title: "Calls that did not succeed",
      description:
        "By peer and outcome: a status, or the error's name where there was no answer. When the calls of a failing peer stop at once, its circuit is open.",
      unit: RequestsPerSecond,
      queries: [
        {
          expr: `sum by (peer_service, outcome) (rate(http_client_request_duration_seconds_count{${chosenServices}, outcome!~"2.."}[$__rate_interval]))`,
          legend: "{{peer_service}}: {{outcome}}",
        },
      ],
      width: 8,
    }),
    chart({
      title: "Share of failed calls",
      description:
        "By peer, over two minutes. A call fails with a 5xx or without an answer; each attempt counts.",
      unit: PercentUnit,
      queries: [
        {
          expr: `service_peer:http_client_errors:ratio_rate2m{${chosenServices}}`,
          legend: "{{peer_service}}",
        },
      ],
      width: 8,
    }),
    chart({
      title: "Duration of calls, 95th percentile",
      description: "By peer, over two minutes, with the way there and back.",
      unit: Seconds,
      queries: [
        {
          expr: `service_peer:http_client_request_duration_seconds:p95_rate2m{${chosenServices}}`,
          legend: "{{peer_service}}",
        },
      ],
      width: 8,
    }),
  ],
};
