import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const SERVICES = 11;
const ROUTES = 16;
const BOUNDS = ["0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "+Inf"];

/** As many targets and series as the mall has (some 2,300), every one of which grows with time. */
export async function serveMetricPages() {
  const server = createServer((_, response) => {
    response
      .setHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
      .end(page(Date.now() / 1000));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const names = Array.from({ length: SERVICES }, (_, at) => `service${at}`);
  return {
    targets: names.map((name) => `${name}=http://127.0.0.1:${port}/metrics`).join(","),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function page(seconds: number): string {
  const lines = [
    "# TYPE http_server_request_duration_seconds histogram",
    "# TYPE mall_checkouts_total counter",
    `mall_checkouts_total{outcome="accepted"} ${Math.round(seconds * 2)}`,
  ];
  for (let route = 0; route < ROUTES; route += 1) {
    const labels = `http_request_method="GET",http_route="/route${route}/{id}",http_response_status_code="200"`;
    for (const [at, le] of BOUNDS.entries())
      lines.push(
        `http_server_request_duration_seconds_bucket{${labels},le="${le}"} ${Math.round(seconds * (at + 1))}`,
      );
    lines.push(
      `http_server_request_duration_seconds_count{${labels}} ${Math.round(seconds * BOUNDS.length)}`,
      `http_server_request_duration_seconds_sum{${labels}} ${seconds}`,
    );
  }
  return `${lines.join("\n")}\n`;
}
