import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { z } from "zod";
import { waitFor } from "../machine/wait-for.ts";
import { githubPort } from "../platform/github.ts";

const dispatch = z.object({
  event_type: z.string(),
  client_payload: z.looseObject({ service: z.string(), environment: z.string() }),
});

/** What a controller tells GitHub, upon which a workflow begins. */
export type Dispatch = z.infer<typeof dispatch>;

interface Subject {
  event: string;
  service: string;
  environment: string;
}

export type GitHub = Awaited<ReturnType<typeof listenAsGitHub>>;

/**
 * Takes the controllers' messages in GitHub's place: its API is where the cluster ends. What GitHub would refuse is
 * refused, so that a template which fills in badly is found.
 */
export async function listenAsGitHub(host: string, port = githubPort) {
  const received: Dispatch[] = [];

  /** Answers what GitHub would object to. */
  async function take(request: IncomingMessage): Promise<string | undefined> {
    const body = await json(request).catch(() => undefined);
    const { success, data, error } = dispatch.safeParse(body);
    if (!success) return z.prettifyError(error);
    received.push(data);
    return undefined;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const problem = await take(request);
    response.writeHead(problem === undefined ? 204 : 422).end(problem);
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });

  return {
    port: (server.address() as AddressInfo).port,
    /** Resolves with the first message of that kind since the scenario's begin. */
    told: ({ event, service, environment }: Subject, timeoutMs: number): Promise<Dispatch> =>
      waitFor(
        `the message ${event} about ${service} in ${environment}`,
        () =>
          Promise.resolve(
            received.find(
              ({ event_type, client_payload }) =>
                event_type === event &&
                client_payload.service === service &&
                client_payload.environment === environment,
            ),
          ),
        { timeoutMs },
      ),
    close(): Promise<void> {
      server.closeAllConnections();
      return new Promise((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
