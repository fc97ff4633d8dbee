import { RequestsPerSecond, Seconds } from "@grafana/grafana-foundation-sdk/units";
import type { Row } from "../dashboard.ts";
import { chart } from "../panels/chart.ts";
import { heatMap } from "../panels/heat-map.ts";
import { orderLinks as links, ordersAsPoints, placingOrders } from "./order-traces.ts";

const duration = "http_server_request_duration_seconds";

export const placing: Row = {
  title: "Placing an order",
  panels: [
    heatMap({
      title: "How long it takes to place an order",
      description: "Requests by their duration. Each point is one order, and leads to its trace.",
      unit: Seconds,
      queries: [
        {
          expr: `sum by (le) (increase(${duration}_bucket{${placingOrders}}[$__rate_interval]))`,
          legend: "{{le}}",
          exemplars: true,
        },
      ],
      width: 12,
    }),
    chart({
      title: "Answers to it",
      description:
        "201: accepted. 402: card refused. 409: sold out, or the price has changed. 5xx: the mall failed.",
      unit: RequestsPerSecond,
      stacked: true,
      queries: [
        {
          expr: `sum by (http_response_status_code) (rate(${duration}_count{${placingOrders}}[$__rate_interval]))`,
          legend: "{{http_response_status_code}}",
        },
        ordersAsPoints,
      ],
      width: 12,
      links,
    }),
  ],
};
