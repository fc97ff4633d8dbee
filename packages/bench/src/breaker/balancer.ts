import { Agent, createServer, request as send, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createOutlierDetection, type OutlierDetection, type OutlierSettings } from "./outlier-detection.ts";

/** Stands before the instances of a service, as the mesh's proxy does, and counts what they answer. */
export interface Balancer {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Addresses of the instances. */
  leadTo(instances: readonly URL[]): void;
  /** Begins to count anew, with ejection by these settings or without any. */
  begin(ejection: OutlierSettings | undefined): void;
  readonly counts: { calls: number; failed: number; ejections: number };
  close(): void;
}

/** Sends each request to an instance drawn by lot, whoever asks over whatever connection. */
export async function startBalancer(): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true });
  let instances: readonly URL[] = [];
  let detection: OutlierDetection | undefined;
  let calls = 0;
  let failed = 0;

  function forward(asked: IncomingMessage, answer: ServerResponse): void {
    const open = detection?.healthy() ?? [...instances.keys()];
    const chosen = open[Math.floor(Math.random() * open.length)] ?? 0;
    const ended = (status: number): void => {
      calls += 1;
      if (status >= 500) failed += 1;
      detection?.answered(chosen, status);
    };
    const { hostname, port } = instances[chosen] ?? new URL("http://127.0.0.1:9");
    const { method, url: path, headers } = asked;
    const sent = send({ agent, hostname, port, method, path, headers }, (received) => {
      ended(received.statusCode ?? 502);
      answer.writeHead(received.statusCode ?? 502, received.headers);
      received.pipe(answer);
    });
    sent.once("error", () => {
      ended(502);
      if (answer.headersSent) answer.destroy();
      else answer.writeHead(502).end();
    });
    asked.pipe(sent);
  }

  const server = createServer(forward);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    leadTo: (urls) => (instances = urls),
    begin(ejection) {
      detection = ejection && createOutlierDetection(instances.length, ejection);
      calls = 0;
      failed = 0;
    },
    get counts() {
      return { calls, failed, ejections: detection?.ejections ?? 0 };
    },
    close() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}
