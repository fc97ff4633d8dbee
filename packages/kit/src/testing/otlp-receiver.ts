import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type OtlpLogs,
  type OtlpTraces,
  readLogs,
  readSpans,
  type ReceivedLog,
  type ReceivedSpan,
} from "./otlp-messages.ts";

export interface OtlpReceiver {
  url: string;
  spans: ReceivedSpan[];
  logs: ReceivedLog[];
  /** All that was received, as it was sent. */
  text(): string;
  /** Resolves when nothing more has come for a while. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
}

// Longer than a service waits between two exports in a test.
const quietMs = 1_500;

/** A collector for OTLP over HTTP in JSON that keeps the spans and log records it is sent. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const logs: ReceivedLog[] = [];
  const bodies: string[] = [];
  let lastMs = performance.now();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      bodies.push(body);
      lastMs = performance.now();
      if (request.url === "/v1/traces") spans.push(...readSpans(JSON.parse(body) as OtlpTraces));
      if (request.url === "/v1/logs") logs.push(...readLogs(JSON.parse(body) as OtlpLogs));
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    logs,
    text: () => bodies.join("\n"),
    async quiet() {
      while (performance.now() - lastMs < quietMs) await sleep(50);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
