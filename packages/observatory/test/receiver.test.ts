import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Overview } from "../src/api-types.ts";
import { createWorkQueue } from "../src/http/work-queue.ts";
import { exportTraceResponse, rpcStatus } from "../src/otlp/messages.ts";
import { givenObservatory, type GivenObservatory } from "./support/given-observatory.ts";
import { exportRequest, toProtobuf, traceId, wireSpan } from "./support/otlp-request.ts";

const PROTOBUF = "application/x-protobuf";
const MB = 1024 * 1024;

let observatory: GivenObservatory;
beforeEach(async () => {
  observatory = await givenObservatory();
});
afterEach(() => observatory.stop());

const telemetry = async (): Promise<Overview["telemetry"]> =>
  (await observatory.get<Overview>("/api/overview")).telemetry;

/** Exactly these bytes, whatever their type says. */
const postBytes = (body: Buffer, headers: Record<string, string>): Promise<Response> =>
  fetch(`${observatory.url}/v1/traces`, { method: "POST", headers, body: new Uint8Array(body) });

describe("POST /v1/traces", () => {
  test.each(["/v1/traces", "/otlp/v1/traces"])("takes JSON at %s", async (path) => {
    const { body } = await observatory.http
      .post(path)
      .send(exportRequest([{ spanId: "a" }]))
      .expect(200);

    expect(body).toEqual({});
    expect(await telemetry()).toMatchObject({ accepted: 1, kept: 1 });
  });

  test("takes protobuf, and answers in protobuf", async () => {
    const response = await observatory.http
      .post("/v1/traces")
      .type(PROTOBUF)
      .send(toProtobuf(exportRequest([{ spanId: "a" }])))
      .expect(200)
      .expect("content-type", PROTOBUF);

    expect(response.headers["content-length"]).toBe("0");
    await observatory.http.get(`/api/traces/${traceId("trace")}`).expect(200);
  });

  test.each([
    ["application/json", Buffer.from(JSON.stringify(exportRequest([{ spanId: "a" }])))],
    [PROTOBUF, toProtobuf(exportRequest([{ spanId: "a" }]))],
  ])("takes gzipped %s", async (type, body) => {
    const { status } = await postBytes(gzipSync(body), { "content-type": type, "content-encoding": "gzip" });

    expect(status).toBe(200);
    expect((await telemetry()).accepted).toBe(1);
  });

  test("keeps the good spans of a request and says how many were not, and why", async () => {
    const spans = [wireSpan({ spanId: "a" }), { ...wireSpan({ spanId: "b" }), traceId: "nonsense" }];
    const broken = { resourceSpans: [{ scopeSpans: [{ spans }] }] };

    const json = await observatory.http.post("/v1/traces").send(broken).expect(200);
    const protobuf = await observatory.http
      .post("/v1/traces")
      .type(PROTOBUF)
      .send(toProtobuf(broken))
      .responseType("blob")
      .expect(200);

    const partialSuccess = { rejectedSpans: "1", errorMessage: "a trace id is not 16 non-zero bytes" };
    expect(json.body).toEqual({ partialSuccess });
    expect(exportTraceResponse.decode(protobuf.body as Buffer).toJSON()).toEqual({ partialSuccess });
    expect(await telemetry()).toMatchObject({ accepted: 1, duplicates: 1, rejected: 2 });
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "text/html", ""])(
    "refuses %p, which any web page could send",
    async (type) => {
      await observatory.http
        .post("/v1/traces")
        .set("content-type", type)
        .send(JSON.stringify(exportRequest([{ spanId: "a" }])))
        .expect(415);

      expect(await telemetry()).toMatchObject({ accepted: 0, requests: { refused: 1 } });
    },
  );

  test.each([
    ["JSON that is none", "application/json", Buffer.from("{")],
    ["JSON that is no request", "application/json", Buffer.from('{"resourceSpans": 1}')],
    ["protobuf that is none", PROTOBUF, Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff])],
  ])("refuses %s with a status of the sender's encoding", async (_what, type, body) => {
    const answer = await postBytes(body, { "content-type": type });
    const bytes = Buffer.from(await answer.arrayBuffer());

    expect(answer.status).toBe(400);
    expect(answer.headers.get("content-type")).toContain(type);
    const status: unknown =
      type === PROTOBUF ? rpcStatus.decode(bytes).toJSON() : JSON.parse(bytes.toString());
    expect(status).toMatchObject({ code: 3 });
  });

  test.each([
    ["gzip that is none", { "content-encoding": "gzip" }, Buffer.from("no gzip"), 400],
    ["a content encoding nobody announced", { "content-encoding": "br" }, Buffer.from("{}"), 415],
    ["five megabytes", {}, Buffer.alloc(5 * MB, " "), 413],
    ["a bomb of 400 MB", { "content-encoding": "gzip" }, bomb(400), 413],
  ])("refuses %s", async (_what, headers, body, status) => {
    const before = process.memoryUsage().arrayBuffers;

    const answer = await postBytes(body, { "content-type": "application/json", ...headers });

    expect(answer.status).toBe(status);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * MB);
    expect((await telemetry()).requests.refused).toBe(1);
  });

  test("refuses a body that grows too large without ever having said so", async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(observatory.port, "127.0.0.1", () => {
        socket.write("POST /v1/traces HTTP/1.1\r\nHost: localhost\r\n");
        socket.write("Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (let sent = 0; sent < 6; sent += 1) socket.write(`100000\r\n${" ".repeat(MB)}\r\n`);
      });
      socket.once("data", (data) => resolve(data.toString()));
      socket.on("error", reject);
      socket.setTimeout(5_000, () => reject(new Error("no answer")));
    });

    expect(answer).toMatch(/^HTTP\/1.1 413 /);
  });

  test("only POST", async () => {
    await observatory.http.get("/v1/traces").expect(405).expect("allow", "POST");
  });
});

test("when more comes than can be read, senders are told to come back, and nothing that was taken is lost", async () => {
  const gate = Promise.withResolvers<void>();
  let time = 0;
  const overloaded = await givenObservatory({
    queue: createWorkQueue({ maxWaitMs: 5_000, pause: () => gate.promise, now: () => time }),
  });
  const post = (name: string, type = "application/json") =>
    overloaded.http
      .post("/v1/traces")
      .type(type)
      .send(
        type === PROTOBUF ? toProtobuf(exportRequest([{ spanId: name }])) : exportRequest([{ spanId: name }]),
      );

  const waiting = ["a", "b", "c"].map((name) => post(name).then(({ status }) => status));
  await until(async () => (await overview(overloaded)).requests.queued === 3);
  time = 5_001;
  const json = await post("d").expect(503).expect("retry-after", "1");
  await post("e", PROTOBUF).expect(503).expect("content-type", PROTOBUF);
  gate.resolve();

  expect(await Promise.all(waiting)).toEqual([200, 200, 200]);
  expect(json.body).toMatchObject({ code: 14 });
  await post("d").expect(200);
  expect(await overview(overloaded)).toMatchObject({
    accepted: 4,
    requests: { accepted: 4, overloaded: 2, queued: 0 },
  });
  await overloaded.stop();
});

describe("the queue", () => {
  test("is bounded by bytes, those of a body included that did not say how long it is", () => {
    const queue = createWorkQueue({ maxBytes: 200_000 });
    const first = queue.enter(0);

    expect(queue.enter(170_000)).toBeNull();
    expect(first?.grow(150_000)).toBe(true);
    expect(first?.grow(150_000)).toBe(false);
    expect(queue.enter(20_000)).toBeNull();
    first?.leave();
    expect(queue.enter(170_000)).not.toBeNull();
  });

  test("has room for three hundred small requests at once, of whatever length", async () => {
    const queue = createWorkQueue();
    const places = Array.from({ length: 300 }, () => queue.enter(0));

    const runs = places.flatMap((place) => (place === null ? [] : [place.run(() => "done")]));

    expect(await Promise.all(runs)).toEqual(Array.from({ length: 300 }, () => "done"));
    for (const place of places) place?.leave();
    expect(queue.waiting()).toBe(0);
  });

  test("counts the wait of the first only, and takes in again when its turn has come", async () => {
    let time = 0;
    const firstTurn = Promise.withResolvers<void>();
    const secondTurn = Promise.withResolvers<void>();
    const turns = [firstTurn, secondTurn].values();
    const pause = (): Promise<unknown> => turns.next().value?.promise ?? Promise.resolve();
    const queue = createWorkQueue({ maxWaitMs: 100, now: () => time, pause });
    const first = queue.enter(0)?.run(() => "first");
    time = 90;
    const second = queue.enter(0)?.run(() => "second");
    time = 101;

    expect(queue.enter(0)).toBeNull();
    firstTurn.resolve();
    await first;
    expect(queue.enter(0)).not.toBeNull();
    secondTurn.resolve();
    expect(await second).toBe("second");
  });
});

test("the SDK's requests, which do not say how long they are, are taken in by the dozen", async () => {
  const gate = Promise.withResolvers<void>();
  const busy = await givenObservatory({ queue: createWorkQueue({ pause: () => gate.promise }) });
  const statuses = Array.from({ length: 30 }, (_, at) =>
    postChunked(busy.port, gzipSync(JSON.stringify(exportRequest([{ spanId: `chunked${at}` }])))),
  );

  await until(async () => (await overview(busy)).requests.queued === 30);
  gate.resolve();

  expect(new Set(await Promise.all(statuses))).toEqual(new Set([200]));
  await busy.stop();
});

/** Without a content length, as the OpenTelemetry SDK sends. */
const postChunked = (port: number, body: Buffer): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-encoding": "gzip" };
    const request = httpRequest(
      { port, host: "127.0.0.1", path: "/v1/traces", method: "POST", headers, agent: false },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    );
    request.on("error", reject);
    request.write(body);
    request.end();
  });

const overview = async ({ get }: GivenObservatory) => (await get<Overview>("/api/overview")).telemetry;

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
  throw new Error("it never came to hold");
}

/** Megabytes of zeros, which gzip makes a thousand times smaller. */
function bomb(megabytes: number): Buffer {
  return gzipSync(Buffer.alloc(megabytes * MB), { level: 1 });
}
