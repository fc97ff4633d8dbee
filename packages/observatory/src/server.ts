import { createServer, type Server } from "node:http";
import type { Observatory } from "./observatory.ts";

const TICK_MS = 1_000;

export type RunningObservatory = {
  /** With the port that was really taken. */
  readonly url: string;
  readonly server: Server;
  readonly close: () => Promise<void>;
};

/** Listens and keeps time. @throws what `listen` reports: EADDRINUSE, EACCES */
export async function serveObservatory(
  observatory: Observatory,
  { port, host }: { port: number; host: string },
): Promise<RunningObservatory> {
  const server = createServer(
    // A sender that dawdles holds a place in the queue.
    { requestTimeout: 20_000, headersTimeout: 10_000, connectionsCheckingInterval: 2_000 },
    observatory.listener,
  );
  server.maxConnections = 512;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host }, resolve);
  });
  const ticking = setInterval(() => void observatory.tick(), TICK_MS);
  return {
    url: urlOf(server, host),
    server,
    async close() {
      clearInterval(ticking);
      observatory.close();
      server.closeIdleConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
