import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { MallService } from "@mall/launcher";

/** A connection to V8's inspector in another process (Chrome DevTools Protocol). */
export interface Inspector {
  /** Rejects when the protocol answers with an error. */
  ask<Answer>(method: string, parameters?: Readonly<Record<string, unknown>>): Promise<Answer>;
  close(): void;
}

/** For every service's `NODE_OPTIONS`: each opens its inspector on a port of its own, and only when it is asked to. */
export const inspectable = "--inspect-port=0";

const OPEN_WITHIN_MS = 5_000;

interface Message {
  id: number;
  result?: unknown;
  error?: { message: string };
}

/** Opens the inspector of a running service. @throws {Error} when it does not say where it listens */
export async function attachInspector(service: MallService): Promise<Inspector> {
  const logged = readFileSync(service.logFile, "utf8").length;
  service.kill("SIGUSR1"); // Node's signal to begin listening
  const socket = new WebSocket(await addressIn(service, logged));
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve, { once: true });
    socket.addEventListener("error", () => reject(new Error(`${service.name} refused its inspector.`)), {
      once: true,
    });
  });

  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  socket.addEventListener("message", ({ data }) => {
    const { id, result, error } = JSON.parse(String(data)) as Message;
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error) asked?.reject(new Error(error.message));
    else asked?.resolve(result);
  });
  socket.addEventListener("close", () => {
    for (const { reject } of waiting.values()) reject(new Error(`${service.name} closed its inspector.`));
  });
  let lastId = 0;
  return {
    ask<Answer>(method: string, parameters = {}) {
      const answer = Promise.withResolvers<unknown>();
      waiting.set((lastId += 1), answer);
      socket.send(JSON.stringify({ id: lastId, method, params: parameters }));
      return answer.promise as Promise<Answer>;
    },
    close: () => socket.close(),
  };
}

async function addressIn({ name, logFile }: MallService, from: number): Promise<string> {
  for (const giveUpAt = performance.now() + OPEN_WITHIN_MS; performance.now() < giveUpAt; await sleep(20)) {
    const [, address] =
      /Debugger listening on (ws:\S+)/.exec(readFileSync(logFile, "utf8").slice(from)) ?? [];
    if (address) return address;
  }
  throw new Error(`${name} did not open its inspector: see ${logFile}.`);
}
