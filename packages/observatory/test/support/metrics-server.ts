import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { traceId } from "./otlp-request.ts";

export type GivenMetrics = Awaited<ReturnType<typeof givenMetrics>>;

/** What checkout and info would expose. `sell` moves the counters as so much business would. */
export async function givenMetrics() {
  const sold = { confirmed: 0, cancelled: 0, USD: 0, KRW: 0 };
  const checkouts = { accepted: 0, refused: 0, failed: 0 };
  let exemplar = "";
  let isDown = false;

  const page = (): string =>
    [
      "# TYPE mall_orders counter",
      `mall_orders_total{state="confirmed"} ${sold.confirmed}`,
      `mall_orders_total{state="cancelled"} ${sold.cancelled}`,
      "# TYPE mall_revenue_minor_units counter",
      `mall_revenue_minor_units_total{currency="USD"} ${sold.USD}`,
      `mall_revenue_minor_units_total{currency="KRW"} ${sold.KRW}`,
      "# TYPE mall_average_order_value_minor_units gauge",
      'mall_average_order_value_minor_units{currency="USD"} 4250',
      'mall_average_order_value_minor_units{currency="KRW"} 31500',
      "# TYPE mall_checkouts counter",
      ...Object.entries(checkouts).map(
        ([outcome, count]) => `mall_checkouts_total{outcome="${outcome}"} ${count}`,
      ),
      "# TYPE http_server_request_duration_seconds histogram",
      `http_server_request_duration_seconds_bucket{http_route="/orders",le="0.5"} ${checkouts.accepted}${exemplar}`,
      `http_server_request_duration_seconds_bucket{http_route="/orders",le="+Inf"} ${checkouts.accepted}`,
      `http_server_request_duration_seconds_count{http_route="/orders"} ${checkouts.accepted}`,
      "# EOF\n",
    ].join("\n");

  const server = createServer((_, response) => {
    if (isDown) response.writeHead(503).end();
    else {
      const type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
      response.setHeader("content-type", type).end(page());
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}/metrics`,
    sell(change: Partial<typeof sold & typeof checkouts>): void {
      const { accepted = 0, refused = 0, failed = 0, ...more } = change;
      checkouts.accepted += accepted;
      checkouts.refused += refused;
      checkouts.failed += failed;
      for (const [name, by] of Object.entries(more)) sold[name as keyof typeof sold] += by;
    },
    /** The next scrapes name the trace as an example of an order. */
    exemplify(name: string, atMs: number): void {
      exemplar = ` # {trace_id="${traceId(name)}"} 0.042 ${atMs / 1000}`;
    },
    goDown(): void {
      isDown = true;
    },
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
