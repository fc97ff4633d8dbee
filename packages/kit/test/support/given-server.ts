import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

export interface GivenServer {
  url: string;
  /** Every request that has arrived, in order. */
  arrivals: IncomingMessage[];
  /** Stops listening and cuts every connection. */
  stop(): Promise<void>;
}

/** A server at the other end of the network that answers as the test says. */
export async function givenServer(answer: RequestListener, port = 0): Promise<GivenServer> {
  const arrivals: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    arrivals.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrivals,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
