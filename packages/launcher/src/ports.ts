import { randomInt } from "node:crypto";
import { createServer } from "node:net";

// Below those that systems give to outgoing connections (Linux from 32768 on): a service that is restarted must find its
// port as it left it. And above those that browsers and fetch refuse to ask (10080 is the last of them).
const [lowest, highest] = [11_000, 32_000];

/** Ports that nobody listens on, each different from the others. */
export async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = randomInt(lowest, highest);
    if (await isPortFree(port)) found.add(port);
  }
  return [...found];
}

export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error("unreachable: one port was asked for");
  return port;
}

export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(false) : reject(error),
    );
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
