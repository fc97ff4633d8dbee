import { here } from "../scope.ts";
import type { Query } from "../query.ts";
import { traceLink } from "../trace-link.ts";

const operation = { service: "checkout", operation: "POST /orders" };

export const placingOrders = `${here}, service="checkout", http_request_method="POST", http_route="/orders"`;

/**
 * Counters of the business carry no exemplars. This draws no line, for a rate is never negative, and asks for the
 * traces of orders placed at the time: points, as high as they took seconds.
 */
export const ordersAsPoints: Query = {
  expr: `rate(http_server_request_duration_seconds_bucket{${placingOrders}}[$__rate_interval]) < 0`,
  legend: "order",
  exemplars: true,
};

export const orderLinks = [
  traceLink("Traces of orders", operation),
  traceLink("Traces of orders that failed", { ...operation, tags: "error=true" }),
];
