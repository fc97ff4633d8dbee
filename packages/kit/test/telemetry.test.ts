import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { request as call } from "undici";
import { defineMigrations } from "../src/database/migrations.ts";
import { createTestDatabase, eventually, type TestDatabase } from "../src/testing/index.ts";
import { type FixtureProcess, startFixture, stopFixture } from "./support/fixture-process.ts";
import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from "../src/testing/index.ts";

const calls = 2;
let receiver: OtlpReceiver;
let databases: TestDatabase[];
let front: FixtureProcess;
let back: FixtureProcess;
let frontUrl: string;
let backUrl: string;

const start = (name: string, database: TestDatabase | undefined, env: Record<string, string> = {}) =>
  startFixture({
    traced: true,
    env: {
      DATABASE_URL: database?.url ?? "",
      OTEL_SERVICE_NAME: name,
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_METRICS_EXPORTER: "none",
      OTEL_LOGS_EXPORTER: "none",
      OTEL_NODE_RESOURCE_DETECTORS: "env",
      OTEL_BSP_SCHEDULE_DELAY: "100",
      ...env,
    },
  });

beforeAll(async () => {
  receiver = await startOtlpReceiver();
  databases = [
    await createTestDatabase("front", defineMigrations({})),
    await createTestDatabase("back", defineMigrations({})),
  ];
  back = start("back", databases[1], { OTEL_LOGS_EXPORTER: "otlp", OTEL_BLRP_SCHEDULE_DELAY: "100" });
  backUrl = await back.url;
  front = start("front", databases[0], { NEXT_URL: backUrl, CALLS: String(calls) });
  frontUrl = await front.url;
}, 60_000);
afterAll(async () => {
  await Promise.all([front, back].map(stopFixture));
  await Promise.all(databases.map((database) => database.drop()));
  await receiver.stop();
});

interface Caller {
  traceId: string;
  spanId: string;
  headers: Record<string, string>;
}
function givenCaller(): Caller {
  const [traceId, spanId] = [randomBytes(16).toString("hex"), randomBytes(8).toString("hex")];
  return { traceId, spanId, headers: { traceparent: `00-${traceId}-${spanId}-01` } };
}
const spansOf = (traceId: string) => receiver.spans.filter((span) => span.traceId === traceId);
const childrenOf = ({ traceId, spanId }: { traceId: string; spanId: string }) =>
  spansOf(traceId).filter(({ parentSpanId }) => parentSpanId === spanId);
const only = (spans: ReceivedSpan[]): ReceivedSpan => {
  const [span, ...others] = spans;
  expect(others).toEqual([]);
  if (!span) throw new Error("there is no such span");
  return span;
};
/** Waits until the trace has this many spans, and a moment longer, in case that it has more. */
async function completeTrace(traceId: string, count: number): Promise<ReceivedSpan[]> {
  await eventually(() => expect(spansOf(traceId)).toHaveLength(count));
  return spansOf(traceId);
}
const kindsOf = (spans: ReceivedSpan[]) =>
  spans.map(({ service, kind, name }) => `${service} ${kind} ${name}`).toSorted();

// For each call: a client span in front, a server span in back with the statement that it runs.
const spansPerRequest = 2 + 3 * calls;

/** Every span of a request has the parent it must have; nothing of another request has slipped in. */
function expectParents(caller: Caller, name: string): void {
  const server = only(childrenOf(caller));
  expect(server).toMatchObject({ service: "front", kind: "server", name });
  const clients = childrenOf(server).filter(
    ({ attributes }) => !("db.system.name" in attributes || "db.system" in attributes),
  );
  expect(kindsOf(clients)).toEqual(Array.from({ length: calls }, () => `front client ${name}`));
  expect(childrenOf(server)).toHaveLength(calls + 1);
  for (const client of clients) {
    const further = only(childrenOf(client));
    expect(further).toMatchObject({ service: "back", kind: "server", name });
    expect(only(childrenOf(further))).toMatchObject({ service: "back", kind: "client" });
  }
}

describe("one request through two processes", () => {
  test("is one connected trace down to the SQL, named by templates, without what people typed", async () => {
    const { body } = await call(`${frontUrl}/items/7?q=typed-by-someone`);
    await body.dump();

    const spans = await eventually(() => {
      const root = only(
        receiver.spans.filter(({ parentSpanId, name }) => !parentSpanId && name === "GET /items/{id}"),
      );
      expect(spansOf(root.traceId)).toHaveLength(spansPerRequest);
      return spansOf(root.traceId);
    });

    const ids = new Set(spans.map(({ spanId }) => spanId));
    expect(spans.filter(({ parentSpanId }) => !parentSpanId)).toHaveLength(1);
    expect(spans.filter(({ parentSpanId }) => parentSpanId && !ids.has(parentSpanId))).toEqual([]);

    const server = spans.find(({ parentSpanId }) => !parentSpanId);
    expect(server).toMatchObject({
      service: "front",
      kind: "server",
      name: "GET /items/{id}",
      failed: false,
    });
    expect(server?.attributes).toMatchObject({
      "http.request.method": "GET",
      "http.route": "/items/{id}",
      "http.response.status_code": 200,
      "url.path": "/items/7",
    });
    const client = spans.find(({ kind, attributes }) => kind === "client" && attributes["peer.service"]);
    expect(client).toMatchObject({ name: "GET /items/{id}" });
    expect(client?.attributes).toMatchObject({
      "peer.service": "next",
      "url.template": "/items/{id}",
      "url.full": `${backUrl}/items/7`,
      "http.response.status_code": 200,
    });
    const statement = spans.find(
      ({ service, attributes }) => service === "back" && JSON.stringify(attributes).includes("$1::text"),
    );
    expect(statement?.name).toMatch(/select/i);
    expect(receiver.text()).not.toContain("typed-by-someone");
  });

  test("belongs to the caller's trace, and carries its baggage all the way", async () => {
    const caller = givenCaller();
    const { body } = await call(`${frontUrl}/items/7`, {
      headers: { ...caller.headers, baggage: "mall.journey=buy-now" },
    });
    const answer = (await body.json()) as { baggage: string; further: { baggage: string }[] };

    expect(answer.baggage).toBe("mall.journey=buy-now");
    expect(answer.further.map(({ baggage }) => baggage)).toEqual(Array(calls).fill("mall.journey=buy-now"));
    await completeTrace(caller.traceId, spansPerRequest);
    expectParents(caller, "GET /items/{id}");
  });

  test("is found again in the log lines of both, which tell no query", async () => {
    const caller = givenCaller();
    await (
      await call(`${frontUrl}/items/7?q=typed-by-someone`, {
        headers: { ...caller.headers, "x-request-id": "log-me" },
      })
    ).body.dump();

    await eventually(() => {
      for (const [process, requests] of [
        [front, 1],
        [back, calls],
      ] as const) {
        const lines = process.logs().filter((line) => line["trace_id"] === caller.traceId);
        expect(lines.filter(({ msg }) => msg === "reading")).toHaveLength(requests);
        const logged = lines.filter(({ msg }) => msg === "request");
        expect(logged).toHaveLength(requests);
        expect(logged[0]).toMatchObject({
          level: "info",
          method: "GET",
          route: "/items/{id}",
          status: 200,
          requestId: "log-me",
        });
        expect(logged[0]?.["span_id"]).toMatch(/^[\da-f]{16}$/);
      }
    });
    expect(front.output() + back.output()).not.toContain("typed-by-someone");
  });

  test("is the exemplar of its latency", async () => {
    const { headers, body } = await call(`${frontUrl}/metrics`);
    const text = await body.text();

    expect(headers["content-type"]).toContain("application/openmetrics-text");
    expect(text.endsWith("# EOF\n")).toBe(true);
    const exemplar =
      /http_server_request_duration_seconds_bucket\{.*http_route="\/items\/\{id\}".*\} \d+ # \{trace_id="([\da-f]{32})",span_id="[\da-f]{16}"\}/.exec(
        text,
      );
    await eventually(() => expect(spansOf(exemplar?.[1] ?? "")).not.toEqual([]));
  });
});

test.each(["GET", "PUT"] as const)(
  "of 100 %s requests at once, every span has its own parent",
  async (method) => {
    const callers = Array.from({ length: 100 }, givenCaller);

    await Promise.all(
      callers.map(async (caller, index) => {
        // Large enough to arrive in several pieces, some of them after other requests have begun.
        const json = JSON.stringify({ padding: "x".repeat((index % 10) * 20_000) });
        const put = {
          method,
          body: json,
          headers: { ...caller.headers, "content-type": "application/json" },
        };
        const { statusCode, body } = await call(
          `${frontUrl}/items/${index}`,
          method === "PUT" ? put : { headers: caller.headers },
        );
        await body.dump();
        expect(statusCode).toBe(200);
      }),
    );

    await eventually(() => {
      for (const { traceId } of callers) expect(spansOf(traceId)).toHaveLength(spansPerRequest);
    });
    for (const caller of callers) expectParents(caller, `${method} /items/{id}`);
  },
);

describe("a failure in a trace", () => {
  test("a call that is not answered in time is a failed client span", async () => {
    const caller = givenCaller();
    const { statusCode, body } = await call(`${frontUrl}/late`, { headers: caller.headers });
    const problem = (await body.json()) as { traceId: string };

    expect(statusCode).toBe(504);
    expect(problem.traceId).toBe(caller.traceId);
    const spans = await completeTrace(caller.traceId, 3);
    expect(only(spans.filter(({ service, kind }) => service === "front" && kind === "server"))).toMatchObject(
      {
        failed: true,
        attributes: { "error.type": "504", "http.response.status_code": 504 },
      },
    );
    expect(only(spans.filter(({ kind }) => kind === "client")).failed).toBe(true);
  });

  test("a caller who hangs up is told apart from an answer", async () => {
    const caller = givenCaller();
    const hungUp = call(`${backUrl}/late`, { headers: caller.headers, signal: AbortSignal.timeout(100) });
    await expect(hungUp).rejects.toThrow();

    const [server] = await completeTrace(caller.traceId, 1);

    expect(server?.attributes["error.type"]).toBe("client_disconnected");
    expect(server?.attributes).not.toHaveProperty("http.response.status_code");
  });

  test("a body that is refused is under its route, a path that nobody knows under none", async () => {
    const [refused, lost] = [givenCaller(), givenCaller()];
    await (
      await call(`${backUrl}/items/7`, {
        method: "PUT",
        body: "{",
        headers: { ...refused.headers, "content-type": "application/json" },
      })
    ).body.dump();
    await (await call(`${backUrl}/jane/doe`, { headers: lost.headers })).body.dump();

    const [refusal] = await completeTrace(refused.traceId, 1);
    const [miss] = await completeTrace(lost.traceId, 1);
    expect(refusal).toMatchObject({
      name: "PUT /items/{id}",
      failed: false,
      attributes: { "http.response.status_code": 400 },
    });
    expect(miss?.name).toBe("GET");
    expect(miss?.attributes).not.toHaveProperty("http.route");
  });

  test("what PostgreSQL quotes of a row is in no log and no span", async () => {
    const { statusCode, body } = await call(`${backUrl}/people`, { method: "POST" });
    await body.dump();
    expect(statusCode).toBe(500);

    await eventually(() => {
      expect(
        back
          .logs()
          .some(({ level, err }) => level === "error" && JSON.stringify(err).includes("people_pkey")),
      ).toBe(true);
      expect(receiver.spans.some(({ name, failed }) => failed && name === "POST /people")).toBe(true);
    });
    await eventually(() => {
      const failure = receiver.logs.find(({ attributes }) =>
        String(attributes["exception.message"]).includes("people_pkey"),
      );
      expect(failure?.severity).toBe("ERROR");
      expect(receiver.spans.map(({ spanId }) => spanId)).toContain(failure?.spanId);
    });
    expect(receiver.text()).not.toContain("(jane@example.com)");
    expect(back.output()).not.toContain("(jane@example.com)");
    expect(receiver.spans.filter(({ attributes }) => JSON.stringify(attributes).includes("(jane@"))).toEqual(
      [],
    );
  });
});

test("an event's handling is linked to where it arose, each time, and a duplicate is marked", async () => {
  const [maker, ...takers] = [givenCaller(), givenCaller(), givenCaller()];
  const made = await call(`${backUrl}/events/made`, {
    method: "POST",
    headers: { ...maker?.headers, baggage: "mall.release=cart:canary" },
  });
  const event = await made.body.text();
  expect(decodeURIComponent((JSON.parse(event) as { baggage: string }).baggage)).toBe(
    "mall.release=cart:canary",
  );
  for (const { headers } of takers) {
    const taken = await call(`${backUrl}/events`, {
      method: "POST",
      body: event,
      headers: { ...headers, "content-type": "application/cloudevents+json" },
    });
    await taken.body.dump();
    expect(taken.statusCode).toBe(204);
  }

  const producer = (await completeTrace(maker?.traceId ?? "", 2)).find(({ kind }) => kind === "producer");
  expect(producer).toMatchObject({ name: "send order.confirmed" });
  const consumers: ReceivedSpan[] = [];
  for (const { traceId } of takers)
    consumers.push(...(await completeTrace(traceId, 2)).filter(({ kind }) => kind === "consumer"));
  expect(consumers.map(({ name }) => name)).toEqual(["process order.confirmed", "process order.confirmed"]);
  expect(consumers.map(({ attributes }) => attributes["mall.event.duplicate"])).toEqual([false, true]);
  for (const { links } of consumers)
    expect(links).toEqual([{ traceId: producer?.traceId, spanId: producer?.spanId }]);
});

test("probes and scrapes leave no trace", async () => {
  for (const path of ["/healthz", "/readyz", "/metrics", "/openapi.json"])
    await (await call(`${backUrl}${path}`)).body.dump();
  const after = givenCaller();
  await (await call(`${backUrl}/items/7`, { headers: after.headers })).body.dump();

  await completeTrace(after.traceId, 2);
  expect(
    receiver.spans.filter(({ attributes }) =>
      /^\/(healthz|readyz|metrics|openapi)/.test(String(attributes["url.path"])),
    ),
  ).toEqual([]);
});

describe("on SIGTERM", () => {
  test("what has not been sent yet is sent before the process ends", async () => {
    const name = "leaving";
    const leaving = start(name, databases[1], { OTEL_BSP_SCHEDULE_DELAY: "60000" });
    const url = await leaving.url;
    await Promise.all(Array.from({ length: 20 }, async () => (await call(`${url}/items/7`)).body.dump()));
    expect(receiver.spans.filter(({ service }) => service === name)).toEqual([]);

    leaving.child.kill("SIGTERM");

    expect(await leaving.ended).toBe(0);
    expect(receiver.spans.filter(({ service }) => service === name)).toHaveLength(40);
  });

  test("a collector that is gone does not keep the process from ending", async () => {
    const orphan = start("orphan", databases[1], {
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9",
      OTEL_BSP_SCHEDULE_DELAY: "60000",
    });
    await (await call(`${await orphan.url}/items/7`)).body.dump();
    const asked = performance.now();

    orphan.child.kill("SIGTERM");

    expect(await orphan.ended).toBe(0);
    expect(performance.now() - asked).toBeLessThan(2_500);
  });
});
