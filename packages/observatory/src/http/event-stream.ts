import type { ServerResponse } from "node:http";
import { HttpProblem } from "./problem.ts";
import type { Exchange } from "./router.ts";

/** A browser opens about six connections to one host; this is several browsers. */
const MAX_CLIENTS = 16;
/** Several snapshots that the reader has not taken off the socket. */
const MAX_UNREAD_BYTES = 2 * 1024 * 1024;
const RECONNECT_AFTER_MS = 2_000;

export type EventStream = ReturnType<typeof createEventStream>;

/**
 * Server-sent events: the same complete snapshot to everybody, so a reader that reconnects has missed nothing that it
 * needs. Ids name the process and count up, so that it can tell a restart from a pause.
 */
export function createEventStream({ instance, snapshot }: { instance: string; snapshot: () => unknown }) {
  const clients = new Set<ServerResponse>();
  let sequence = 0;
  let droppedSlow = 0;

  function nextEvent(): string {
    sequence += 1;
    return `id: ${instance}-${sequence}\nevent: snapshot\ndata: ${JSON.stringify(snapshot())}\n\n`;
  }

  function write(client: ServerResponse, event: string): void {
    if (client.writableLength > MAX_UNREAD_BYTES) {
      droppedSlow += 1;
      clients.delete(client);
      client.destroy();
      return;
    }
    client.write(event);
  }

  return {
    open({ request, response }: Exchange): void {
      if (clients.size >= MAX_CLIENTS) {
        throw new HttpProblem(
          503,
          "Too many viewers",
          `At most ${MAX_CLIENTS} pages can watch at once. Close one.`,
        );
      }
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      if (request.method === "HEAD") {
        response.end();
        return;
      }
      clients.add(response);
      response.on("close", () => clients.delete(response));
      response.write(`retry: ${RECONNECT_AFTER_MS}\n\n${nextEvent()}`);
    },

    /** To be called once a second. Nothing is computed while nobody watches. */
    broadcast(): void {
      if (clients.size === 0) return;
      const event = nextEvent();
      for (const client of clients) write(client, event);
    },

    close(): void {
      for (const client of clients) client.end();
      clients.clear();
    },

    health: () => ({ open: clients.size, droppedSlow }),
  };
}
