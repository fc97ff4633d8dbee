import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface TcpProxy {
  /** `url` with the proxy's address instead of its own. */
  urlOf(url: string): string;
  /** Cuts every connection and refuses new ones. */
  takeDown(): Promise<void>;
  bringBack(): Promise<void>;
  /** Keeps connections open but lets nothing through, as a network partition does. */
  freeze(): void;
  thaw(): void;
  cutConnections(): void;
}

/** Stands between a client and a TCP server, so that a test can take the server away without stopping it. */
export async function givenProxy(target: URL): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let frozen = false;

  const pipe = (from: Socket, to: Socket): void => {
    sockets.add(from);
    from.on("data", (chunk) => void (frozen || to.write(chunk)));
    from.on("error", () => undefined);
    from.on("close", () => {
      sockets.delete(from);
      to.destroy();
    });
  };
  const server = createServer((incoming) => {
    const outgoing = connect(Number(target.port), target.hostname);
    pipe(incoming, outgoing);
    pipe(outgoing, incoming);
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, "127.0.0.1", () => resolve()));
  const cutConnections = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;

  return {
    urlOf(url) {
      const through = new URL(url);
      through.hostname = "127.0.0.1";
      through.port = String(port);
      return through.href;
    },
    async takeDown() {
      const closed = new Promise((resolve) => server.close(resolve));
      cutConnections();
      await closed;
    },
    bringBack: () => listen(port),
    freeze: () => void (frozen = true),
    thaw: () => void (frozen = false),
    cutConnections,
  };
}
