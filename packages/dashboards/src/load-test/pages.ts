import { RequestsPerSecond, Seconds } from "@grafana/grafana-foundation-sdk/units";
import type { Row } from "../dashboard.ts";
import { chart } from "../panels/chart.ts";
import { from } from "../panels/panel.ts";
import { here } from "../scope.ts";
import { quantile } from "../server-requests.ts";
import { run, thresholds } from "./run.ts";

export const pages: Row = {
  title: "What the shoppers saw",
  panels: [
    chart({
      title: "Pages, 95th percentile",
      description: "By step of a journey, as k6 measured them.",
      unit: Seconds,
      thresholds: from({ green: null, red: thresholds.pageSeconds }),
      queries: [{ expr: `max by (name) (k6_http_req_duration_p95{${run}})`, legend: "{{name}}" }],
      width: 8,
    }),
    chart({
      title: "k6 and the storefront",
      description:
        "The 95th percentile outside and inside. What lies between them is the network, the proxies, and waiting to be taken up.",
      unit: Seconds,
      queries: [
        { expr: `max(k6_http_req_duration_p95{${run}})`, legend: "k6, slowest step" },
        {
          expr: quantile(0.95, "service", `${here}, service="frontend"`),
          legend: "storefront",
          exemplars: true,
        },
      ],
      width: 8,
    }),
    chart({
      title: "Answers",
      description:
        "By status, per second. k6 counts a refused card (402) among failed requests; the journeys do not.",
      unit: RequestsPerSecond,
      stacked: true,
      queries: [
        {
          expr: `sum by (status) (rate(k6_http_reqs_total{${run}}[$__rate_interval]))`,
          legend: "{{status}}",
        },
      ],
      width: 8,
    }),
  ],
};
