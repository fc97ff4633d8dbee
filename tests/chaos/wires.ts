import { connect, createServer, type Server, type Socket } from "node:net";
import { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

/** The way to a process: a TCP proxy that can be slow, or let nothing through until it is mended. */
export interface Wire {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Where it leads; before that nobody may use it. */
  leadTo(port: number): void;
  /** Milliseconds that each piece of data is late, in both directions; 0 for none. */
  delay(ms: number): void;
  /** Holds all data back, that of new connections too: nobody is told, as when packets are dropped. */
  cut(): void;
  /** Lets go what was held back. */
  mend(): void;
  close(): void;
}

export async function layWire(): Promise<Wire> {
  const open = new Set<Socket>();
  let targetPort = 0;
  let delayMs = 0;
  let gate = Promise.withResolvers<void>();
  gate.resolve();

  /** A stream that keeps the order of what goes through it, and lets it through when the wire does. */
  const passage = (): Duplex =>
    Duplex.from(async function* (data: AsyncIterable<Buffer>) {
      for await (const piece of data) {
        await passed();
        yield piece;
      }
      await passed();
    });

  async function passed(): Promise<void> {
    await gate.promise;
    if (delayMs > 0) await sleep(delayMs);
  }

  function join(caller: Socket): void {
    const callee = connect({ host: "127.0.0.1", port: targetPort });
    for (const socket of [caller, callee]) {
      open.add(socket);
      socket.once("close", () => {
        open.delete(socket);
        caller.destroy();
        callee.destroy();
      });
      socket.on("error", () => socket.destroy());
      socket.setNoDelay(true);
    }
    caller.pipe(passage()).pipe(callee);
    callee.pipe(passage()).pipe(caller);
  }

  const server = await listen(join);
  return {
    port: portOf(server),
    leadTo: (port) => (targetPort = port),
    delay: (ms) => (delayMs = ms),
    cut: () => (gate = Promise.withResolvers()),
    mend: () => gate.resolve(),
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

const listen = (onConnection: (socket: Socket) => void): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer(onConnection).once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(server));
  });

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the wire has no port");
  return address.port;
}
