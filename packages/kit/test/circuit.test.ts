import type { RequestListener } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { context, propagation } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import type { HttpClient } from "../src/client/http-client.ts";
import { Refused } from "../src/client/refused.ts";
import { BadGateway, DeadlineExceeded, Unavailable } from "../src/errors.ts";
import { withDeadline } from "../src/http/request-context.ts";
import { failureOf, givenClient } from "./support/given-client.ts";
import { givenServer, type GivenServer } from "./support/given-server.ts";

const failuresThatOpen = 8;
const openForMs = 2_000;
const get = { method: "GET", path: "/stock", idempotent: false } as const;

let answer: RequestListener;
let server: GivenServer;
let client: HttpClient;

const answers =
  (status: number): RequestListener =>
  (_request, response) =>
    response.writeHead(status).end();

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterAll(() => context.disable());
beforeEach(async () => {
  server = await givenServer((request, response) => answer(request, response));
  client = givenClient(server.url);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await client.close();
  await server.stop();
});

const fail = async (times: number): Promise<unknown[]> => {
  const failures: unknown[] = [];
  for (let time = 0; time < times; time++) failures.push(await failureOf(client.request(get)));
  return failures;
};
const passTime = (ms: number): void => {
  const now = Date.now() + ms;
  jest.spyOn(Date, "now").mockReturnValue(now);
};
async function givenOpenCircuit(): Promise<void> {
  answer = answers(500);
  await fail(failuresThatOpen);
  expect(server.arrivals).toHaveLength(failuresThatOpen);
}

describe("the circuit to a peer", () => {
  test("opens after 8 failures in a row: nothing arrives any more, and the error says when to come back", async () => {
    await givenOpenCircuit();

    const failures = await fail(20);

    expect(server.arrivals).toHaveLength(failuresThatOpen);
    for (const error of failures) {
      expect(error).toBeInstanceOf(Unavailable);
      expect((error as Unavailable).retryAfter).toBe(openForMs / 1000);
      expect((error as Unavailable).message).toBe("stock is down; it is tried again within 2 s.");
    }
  });

  test("opens too when nobody listens, and when nobody answers in time", async () => {
    answer = () => undefined;
    const late = { ...get, timeoutMs: 20 };
    const failures = await Promise.all(
      Array.from({ length: failuresThatOpen }, () => failureOf(client.request(late))),
    );
    expect(failures[0]).toBeInstanceOf(DeadlineExceeded);
    expect(await failureOf(client.request(late))).toBeInstanceOf(Unavailable);

    const gone = await givenServer(answers(200));
    await gone.stop();
    const toGone = givenClient(gone.url);
    for (let time = 0; time < failuresThatOpen; time++) await failureOf(toGone.request(get));
    expect(await failureOf(toGone.request(get))).toMatchObject({ retryAfter: openForMs / 1000 });
    await toGone.close();
  });

  test("lets one call through after 2 s, and closes when it succeeds", async () => {
    await givenOpenCircuit();
    passTime(openForMs);
    answer = (_request, response) => setTimeout(() => response.end(), 30);

    await Promise.all(Array.from({ length: 10 }, () => client.request(get)));

    expect(server.arrivals).toHaveLength(failuresThatOpen + 10);
  });

  test("opens again when that one call fails, for all who wait for it", async () => {
    await givenOpenCircuit();
    passTime(openForMs);
    answer = (_request, response) => setTimeout(() => response.writeHead(500).end(), 30);

    const failures = await Promise.all(Array.from({ length: 10 }, () => failureOf(client.request(get))));

    expect(server.arrivals).toHaveLength(failuresThatOpen + 1);
    expect(failures.filter((error) => error instanceof BadGateway)).toHaveLength(1);
    expect(failures.filter((error) => error instanceof Unavailable)).toHaveLength(9);
  });

  test("stays closed while some calls succeed", async () => {
    for (let round = 0; round < 3; round++) {
      answer = answers(500);
      await fail(failuresThatOpen - 1);
      answer = answers(200);
      await client.request(get);
    }
  });

  test("stays closed when the peer refuses: that is an answer", async () => {
    answer = answers(404);

    const failures = await fail(failuresThatOpen + 1);

    expect(failures.at(-1)).toBeInstanceOf(Refused);
  });

  test("stays closed when callers in a hurry give up on a healthy peer", async () => {
    answer = (_request, response) => setTimeout(() => response.end(), 40);
    for (const hurryMs of [0, 1, 10, 10, 10, 10, 10, 10, 10, 10, 10])
      expect(await failureOf(withDeadline(hurryMs, () => client.request(get)))).toBeInstanceOf(
        DeadlineExceeded,
      );

    await client.request(get);
  });

  test("is another one for a version that is asked for by name: its failures keep nobody else away", async () => {
    const release = propagation.createBaggage({ "mall.release": { value: "stock:canary" } });
    const byName = <Result>(work: () => Result): Result =>
      context.with(propagation.setBaggage(context.active(), release), work);
    answer = answers(500);
    await byName(() => fail(failuresThatOpen));
    expect(await byName(() => failureOf(client.request(get)))).toBeInstanceOf(Unavailable);

    answer = answers(200);
    await client.request(get);
  });

  test("ends the retries of the call that opens it", async () => {
    answer = answers(500);
    await fail(failuresThatOpen - 1);

    const error = await failureOf(client.request({ ...get, idempotent: true }));

    expect(error).toBeInstanceOf(Unavailable);
    expect(server.arrivals).toHaveLength(failuresThatOpen);
  });
});
