import { createServer, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

export interface GracefulServer {
  /** Resolves with the server's address. Port 0 means any free one. */
  listen(port: number, host: string): Promise<string>;
  /** From now on every answer tells its caller to open another connection, which will lead elsewhere. */
  drain(): void;
  /** Takes no connection any more and resolves when the requests under way are answered; cuts them off in the end. */
  close(timeoutMs: number): Promise<void>;
}

/**
 * An HTTP server that can be stopped without failing a request. Node's own `close` waits for kept connections: one
 * that was busy at that moment, or that a browser has opened ahead of need, would hold it up until the very end.
 */
export function createGracefulServer(listener: RequestListener): GracefulServer {
  const connections = new Set<Socket>();
  const underWay = new Set<ServerResponse>();
  let draining = false;
  let closing = false;

  const server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 30_000 }, (request, response) => {
    if (draining) response.shouldKeepAlive = false;
    underWay.add(response);
    response.once("close", () => {
      underWay.delete(response);
      if (closing) request.socket.destroySoon();
    });
    listener(request, response);
  });
  server.on("connection", (socket) => {
    connections.add(socket);
    socket.once("close", () => connections.delete(socket));
  });

  function drain(): void {
    draining = true;
    for (const response of underWay) response.shouldKeepAlive = false;
  }

  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, host, () => {
          const bound = server.address() as AddressInfo;
          resolve(`http://${bound.address}:${bound.port}`);
        });
      }),
    drain,
    async close(timeoutMs) {
      drain();
      closing = true;
      const closed = new Promise((resolve) => server.close(resolve));
      const busy = new Set([...underWay].map(({ req }) => req.socket));
      for (const socket of connections) if (!busy.has(socket)) socket.destroy();
      const timer = setTimeout(() => server.closeAllConnections(), timeoutMs);
      await closed;
      clearTimeout(timer);
    },
  };
}
