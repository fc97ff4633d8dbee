import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import request from "supertest";
import { createFaultInjector } from "../src/faults/fault-injector.ts";
import { createHttpApp } from "../src/http/app.ts";
import { route } from "../src/http/route.ts";
import { createLogger } from "../src/telemetry/logger.ts";
import { createMetrics } from "../src/telemetry/metrics.ts";
import { eventually } from "../src/testing/index.ts";

let server: Server;
let url: string;
const waiting: (() => void)[] = [];

beforeAll(async () => {
  const logger = createLogger("shop", "silent");
  const app = createHttpApp({
    name: "shop",
    description: "Takes two at once",
    routes: [
      route({
        method: "get",
        path: "/wait",
        summary: "Waits until the test lets it go",
        answers: { 200: null },
        async handle() {
          await new Promise<void>((resolve) => waiting.push(resolve));
          return { status: 200 };
        },
      }),
    ],
    logger,
    metrics: createMetrics("shop"),
    faults: await createFaultInjector({ service: "shop", file: undefined, logger }),
    ready: async () => undefined,
    maxInFlight: 2,
  });
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const wait = () =>
  request(url)
    .get("/wait")
    .then((answer) => answer);
async function givenWaiting(count: number): Promise<void> {
  await eventually(() => expect(waiting).toHaveLength(count));
}
const letGo = (): void => waiting.splice(0).forEach((resolve) => resolve());

describe("more requests than a service works on at once", () => {
  test("are told to come back in a second, and probes are answered all the same", async () => {
    const taken = [wait(), wait()];
    await givenWaiting(2);

    const shed = await Promise.all([wait(), wait(), wait()]);

    for (const { status, headers, body } of shed) {
      expect(status).toBe(503);
      expect(headers["retry-after"]).toBe("1");
      expect(body.type).toBe("urn:mall:problem:unavailable");
    }
    await request(url).get("/healthz").expect(200);
    await request(url).get("/readyz").expect(200);
    letGo();
    expect((await Promise.all(taken)).map(({ status }) => status)).toEqual([200, 200]);
  });

  test("leave room again when callers have hung up", async () => {
    const hangUp = new AbortController();
    const gone = Promise.allSettled([1, 2].map(() => fetch(`${url}/wait`, { signal: hangUp.signal })));
    await givenWaiting(2);
    hangUp.abort();
    await gone;
    const abandoned = waiting.splice(0);

    const answer = eventually(async () => {
      const next = wait();
      await Promise.race([givenWaiting(1), next]);
      letGo();
      expect((await next).status).toBe(200);
    });

    await answer;
    for (const resolve of abandoned) resolve();
    const { text } = await request(url).get("/metrics");
    expect(text).toContain('http_route="/wait",http_response_status_code="499"');
  });
});
