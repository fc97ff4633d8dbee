import { createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import type { RequestListener, ServerResponse } from "node:http";
import { afterEach, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { jitteredPause } from "../src/client/backoff.ts";
import type { Call, HttpClient } from "../src/client/http-client.ts";
import { isRefusal, Refused } from "../src/client/refused.ts";
import { createRetryBudget } from "../src/client/retry-budget.ts";
import { BadGateway, DeadlineExceeded, type Problem, Unavailable } from "../src/errors.ts";
import { withDeadline } from "../src/http/request-context.ts";
import { createMetrics } from "../src/telemetry/metrics.ts";
import { eventually } from "../src/testing/index.ts";
import { failureOf, givenClient } from "./support/given-client.ts";
import { givenServer, type GivenServer } from "./support/given-server.ts";

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).toReversed()) await each.close();
});

async function given(answer: RequestListener): Promise<{ server: GivenServer; client: HttpClient }> {
  const server = await givenServer(answer);
  const client = givenClient(server.url);
  opened.push({ close: () => server.stop() }, client);
  return { server, client };
}

const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
};
const fails =
  (status: number): RequestListener =>
  (request, response) => {
    request.resume();
    response.writeHead(status).end();
  };
const stock = z.object({ left: z.int() });
const get = { method: "GET", path: "/stock" } as const;

describe("an answer", () => {
  test("is validated and given as the schema reads it; the call arrives as it was meant", async () => {
    let body = "";
    const { server, client } = await given((request, response) => {
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => json(response, 200, { left: 3, internal: true }));
    });

    const answer = await client.request({
      method: "PUT",
      path: "/stock/{id}/of/{shop}",
      params: { id: "a/b?c", shop: "é" },
      query: { limit: 2, cursor: undefined, q: "a&b" },
      headers: { "idempotency-key": "k" },
      body: { n: 1 },
      answer: stock,
    });

    expect(answer).toEqual({ left: 3 });
    const [arrived] = server.arrivals;
    expect(arrived?.url).toBe("/stock/a%2Fb%3Fc/of/%C3%A9?limit=2&q=a%26b");
    expect(arrived?.headers).toMatchObject({ "content-type": "application/json", "idempotency-key": "k" });
    expect(body).toBe('{"n":1}');
  });

  test("is not read when none is asked for", async () => {
    const { client } = await given((_request, response) => response.end("not JSON"));

    expect(await client.request(get)).toBeUndefined();
  });

  test.each<[string, RequestListener]>([
    ["of the wrong shape", (_request, response) => json(response, 200, { left: "three" })],
    ["that is no JSON", (_request, response) => response.end("<html>")],
    ["without a body", (_request, response) => response.writeHead(204).end()],
    ["500", fails(500)],
    ["501", fails(501)],
  ])("%s is a BadGateway", async (_what, answer) => {
    const { client } = await given(answer);

    expect(await failureOf(client.request({ ...get, answer: stock }))).toBeInstanceOf(BadGateway);
  });

  test("that leads elsewhere is a BadGateway, also when no body is expected", async () => {
    const { client } = await given((_request, response) => response.writeHead(302, { location: "/" }).end());

    expect(await failureOf(client.request(get))).toBeInstanceOf(BadGateway);
  });

  test("503 is Unavailable, 504 is DeadlineExceeded", async () => {
    const unavailable = await given(fails(503));
    const late = await given(fails(504));

    expect(await failureOf(unavailable.client.request(get))).toBeInstanceOf(Unavailable);
    expect(await failureOf(late.client.request(get))).toBeInstanceOf(DeadlineExceeded);
  });

  test("4xx is a refusal with its problem, for the caller to understand", async () => {
    const problem = {
      type: "urn:mall:problem:sold-out",
      detail: "None left.",
      errors: [{ field: "id", message: "is gone" }],
      products: ["a"],
    };
    const { server, client } = await given((_request, response) => json(response, 409, problem));

    const error = await failureOf(client.request(get));

    expect(isRefusal(error, 409)).toBe(true);
    expect(isRefusal(error, 404)).toBe(false);
    expect((error as Refused).problem).toEqual(problem);
    expect((error as Refused).problemCode).toBe("sold-out");
    expect((error as Refused).status).toBe(502);
    expect(server.arrivals).toHaveLength(1);
  });

  test("4xx that is no problem document is a refusal all the same", async () => {
    const { client } = await given((_request, response) => response.writeHead(404).end("<html>"));

    const error = (await failureOf(client.request(get))) as Refused;

    expect(error).toBeInstanceOf(Refused);
    expect(error.problem).toMatchObject({ type: "about:blank", detail: "" });
  });
});

describe("a call that fails", () => {
  const failsTwice = (): RequestListener => {
    let calls = 0;
    return (request, response) =>
      ++calls <= 2 ? fails(503)(request, response) : json(response, 200, { left: 1 });
  };

  test.each<[Call<undefined>["method"], boolean | undefined, number]>([
    ["GET", undefined, 3],
    ["PUT", undefined, 3],
    ["DELETE", undefined, 3],
    ["POST", true, 3],
  ])("%s (idempotent: %s) is repeated until it succeeds", async (method, idempotent, arrivals) => {
    const { server, client } = await given(failsTwice());

    await client.request({ ...get, method, ...(idempotent !== undefined && { idempotent }) });

    expect(server.arrivals).toHaveLength(arrivals);
  });

  test.each<[Call<undefined>["method"], boolean | undefined]>([
    ["POST", undefined],
    ["POST", false],
    ["GET", false],
  ])("%s (idempotent: %s) is not repeated", async (method, idempotent) => {
    const { server, client } = await given(failsTwice());
    const call = { ...get, method, ...(idempotent !== undefined && { idempotent }) };

    expect(await failureOf(client.request(call))).toBeInstanceOf(Unavailable);
    expect(server.arrivals).toHaveLength(1);
  });

  test("is not repeated when no time is left for it", async () => {
    const { server, client } = await given((_request, response) => {
      setTimeout(() => response.writeHead(503).end(), 80);
    });

    const error = await failureOf(withDeadline(81, () => client.request(get)));

    expect([503, 504]).toContain((error as Problem).status);
    expect(server.arrivals).toHaveLength(1);
  });

  test("is not sent at all when the deadline has passed", async () => {
    const { server, client } = await given(fails(200));

    expect(await failureOf(withDeadline(0, () => client.request(get)))).toBeInstanceOf(DeadlineExceeded);
    expect(server.arrivals).toHaveLength(0);
  });

  test("because nobody listens is Unavailable", async () => {
    const { server, client } = await given(fails(200));
    await server.stop();

    expect(await failureOf(client.request(get))).toBeInstanceOf(Unavailable);
  });

  test("for a mistake of the code is that mistake, and no outage of the peer", async () => {
    const { server, client } = await given(fails(200));

    expect(await failureOf(client.request({ ...get, path: "/stock/{id}" }))).toBeInstanceOf(TypeError);
    expect(await failureOf(client.request({ ...get, method: "PUT", body: { n: 1n } }))).toBeInstanceOf(
      TypeError,
    );
    const badHeader = await failureOf(client.request({ ...get, headers: { a: "b\r\nc: d" } }));
    expect(badHeader).not.toBeInstanceOf(Unavailable);
    expect(server.arrivals).toHaveLength(0);
  });
});

describe("the time for an attempt", () => {
  test("that passes without an answer is DeadlineExceeded", async () => {
    const { client } = await given(() => undefined);
    const start = performance.now();

    const error = await failureOf(client.request({ ...get, timeoutMs: 80, idempotent: false }));

    expect(error).toBeInstanceOf(DeadlineExceeded);
    expect(performance.now() - start).toBeGreaterThanOrEqual(75);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  test("that passes in the middle of an answer is DeadlineExceeded, and the connection is not used again", async () => {
    let cut = false;
    const { client } = await given((request, response) => {
      request.socket.once("close", () => (cut = true));
      response.writeHead(200).write('{"left":');
    });

    const error = await failureOf(
      client.request({ ...get, timeoutMs: 80, idempotent: false, answer: stock }),
    );

    expect(error).toBeInstanceOf(DeadlineExceeded);
    await eventually(() => expect(cut).toBe(true), 1_000);
  });

  test("is told to the peer, and is never more than the caller has", async () => {
    const { server, client } = await given(fails(200));

    await client.request({ ...get, timeoutMs: 700 });
    await withDeadline(300, () => client.request({ ...get, timeoutMs: 700 }));

    const told = server.arrivals.map(({ headers }) => Number(headers["x-request-timeout-ms"]));
    expect(told[0]).toBe(700);
    expect(told[1]).toBeLessThanOrEqual(300);
    expect(told[1]).toBeGreaterThan(0);
  });
});

describe("a kept connection that the peer closes just as a call is sent", () => {
  /** Answers the first request of a connection, and hangs up on the second. */
  async function givenPeerThatHangsUp(): Promise<{ client: HttpClient; requests: string[] }> {
    const requests: string[] = [];
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      let answered = false;
      socket.on("data", (data) => {
        requests.push(data.toString().split(" ", 1)[0] ?? "");
        if (answered) socket.destroy();
        else socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
        answered = true;
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const client = givenClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    opened.push(
      { close: async () => (server.close(), sockets.forEach((socket) => socket.destroy())) },
      client,
    );
    await client.request(get);
    await new Promise((resolve) => setTimeout(resolve, 20)); // until the connection is idle
    requests.length = 0;
    return { client, requests };
  }

  test("is replaced for a GET", async () => {
    const { client, requests } = await givenPeerThatHangsUp();

    await client.request(get);

    expect(requests).toEqual(["GET", "GET"]);
  });

  test("fails a POST, which may have been worked on", async () => {
    const { client, requests } = await givenPeerThatHangsUp();

    expect(await failureOf(client.request({ ...get, method: "POST", body: {} }))).toBeInstanceOf(Unavailable);
    expect(requests).toEqual(["POST"]);
  });
});

describe("retries are bounded", () => {
  test("by a budget: of what is sent to a peer that always fails, a fifth is repeated, and ten besides", async () => {
    const calls = 60;
    const { server, client } = await given((request, response) =>
      fails(request.url === "/down" ? 500 : 200)(request, response),
    );

    for (let call = 0; call < calls; call++) {
      await failureOf(client.request({ ...get, path: "/down" }));
      await client.request({ ...get, path: "/up" }); // so that the circuit stays closed
    }

    const retries = server.arrivals.filter(({ url }) => url === "/down").length - calls;
    expect(retries).toBeLessThanOrEqual(10 + 0.2 * 2 * calls);
    expect(retries).toBeGreaterThanOrEqual(10 + 0.2 * 2 * calls - 2);
  });

  test("in a total outage with many callers at once: few retries, and then none", async () => {
    const { server, client } = await given(fails(500));

    await Promise.all(Array.from({ length: 100 }, () => failureOf(client.request(get))));
    const inTheStorm = server.arrivals.length;
    await Promise.all(Array.from({ length: 100 }, () => failureOf(client.request(get))));

    expect(inTheStorm).toBeLessThanOrEqual(110);
    expect(server.arrivals).toHaveLength(inTheStorm);
  });

  test("by jitter: pauses are spread over all of a bound that doubles up to a quarter of a second", () => {
    for (const [failures, boundMs] of [
      [1, 40],
      [2, 80],
      [3, 160],
      [9, 250],
    ] as const) {
      const pauses = Array.from({ length: 500 }, () => jitteredPause(failures));

      expect(Math.max(...pauses)).toBeLessThanOrEqual(boundMs);
      expect(Math.max(...pauses)).toBeGreaterThan(boundMs * 0.9);
      expect(Math.min(...pauses)).toBeLessThan(boundMs * 0.1);
    }
  });

  test("a budget never holds more than its reserve, however quiet it was", () => {
    const budget = createRetryBudget({ share: 0.5, reserve: 2 });
    for (let call = 0; call < 100; call++) budget.earn();

    expect([budget.spend(), budget.spend(), budget.spend()]).toEqual([true, true, false]);
    budget.earn();
    expect(budget.spend()).toBe(false);
    budget.earn();
    expect(budget.spend()).toBe(true);
  });
});

test("every attempt is measured by peer, method and outcome", async () => {
  const metrics = createMetrics("shop");
  const server = await givenServer(
    (request, response) => request.url === "/late" || fails(404)(request, response),
  );
  const client = givenClient(server.url, metrics);
  opened.push(client);

  await failureOf(client.request(get));
  await failureOf(client.request({ ...get, path: "/late", idempotent: false, timeoutMs: 30 }));
  await server.stop();
  await failureOf(client.request({ ...get, method: "POST" }));

  const text = await metrics.registry.metrics();
  for (const [method, outcome] of [
    ["GET", "404"],
    ["GET", "timeout"],
    ["POST", "unreachable"],
  ])
    expect(text).toContain(
      `http_client_request_duration_seconds_count{service="shop",peer_service="stock",http_request_method="${method}",outcome="${outcome}"} 1`,
    );
});
