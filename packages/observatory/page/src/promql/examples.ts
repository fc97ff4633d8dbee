/** To begin with: each is answered as soon as the mall has been up for two minutes. */
export const EXAMPLES: readonly (readonly [question: string, query: string])[] = [
  ["Requests per second, by service", "service:http_requests:rate2m"],
  ["Which share of them fails", "service:http_errors:ratio_rate2m > 0"],
  [
    "95 % of checkout's requests are faster than, in seconds",
    'histogram_quantile(0.95, sum by (le) (rate(http_server_request_duration_seconds_bucket{service="checkout"}[2m])))',
  ],
  [
    "The five slowest calls between services",
    "topk(5, service_peer:http_client_request_duration_seconds:p95_rate2m)",
  ],
  ["Revenue per minute, in minor units", "mall:revenue_minor_units:per_minute"],
  ["Attempts to buy, by how they ended", "mall:checkouts:per_minute"],
  ["How fast the checkout's error budget burns", 'slo:burn_rate:rate5m{slo="checkout"}'],
  ["Whose event loop stands still, in seconds", "max by (service) (nodejs_eventloop_lag_p99_seconds)"],
  ["Alerts", "ALERTS"],
];
