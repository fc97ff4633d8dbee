import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import request from "supertest";
import { createObservatory, type ObservatoryOptions } from "../../src/observatory.ts";
import { givenClock } from "./given.ts";
import { EPOCH_MS, exportRequest, type SpanSpec } from "./otlp-request.ts";

/** An observatory over HTTP, in process, on a clock of the test's. */
export async function givenObservatory(options: ObservatoryOptions = {}) {
  const clock = givenClock();
  const errors: unknown[] = [];
  const observatory = createObservatory({
    now: clock.now,
    onError: (error) => errors.push(error),
    ...options,
  });
  const server = await listening(createServer(observatory.listener));
  const { port } = server.address() as AddressInfo;
  const http = request(server);

  return {
    ...clock,
    ...observatory,
    http,
    port,
    url: `http://127.0.0.1:${port}`,
    /** What the observatory had to report as its own fault. */
    errors,
    /** Times of the specs count from now. */
    send(...specs: SpanSpec[]) {
      const later = clock.now() - EPOCH_MS;
      const shifted = specs.map((spec) => ({
        ...spec,
        from: (spec.from ?? 0) + later,
        to: (spec.to ?? 10) + later,
      }));
      return http.post("/v1/traces").send(exportRequest(shifted)).expect(200);
    },
    async get<Answer>(path: string): Promise<Answer> {
      const { body } = await http.get(path).expect(200);
      return body as Answer;
    },
    async stop(): Promise<void> {
      observatory.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type GivenObservatory = Awaited<ReturnType<typeof givenObservatory>>;

const listening = (server: Server): Promise<Server> =>
  new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
