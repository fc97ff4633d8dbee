import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Overview, TraceDetail } from "../src/api-types.ts";
import type { LogRecord } from "../src/otlp/decode-logs.ts";
import { exportLogsRequest, exportLogsResponse } from "../src/otlp/messages.ts";
import { createLogStore } from "../src/store/log-store.ts";
import { noAttributes } from "../src/otlp/attributes.ts";
import { givenObservatory, type GivenObservatory } from "./support/given-observatory.ts";
import { EPOCH_MS, spanId, traceId, wireAttributes } from "./support/otlp-request.ts";

let observatory: GivenObservatory;
beforeEach(async () => {
  observatory = await givenObservatory();
  await observatory.send({ spanId: "a", kind: "server" });
});
afterEach(() => observatory.stop());

const record = (over: object = {}): object => ({
  timeUnixNano: `${EPOCH_MS}000000`,
  severityNumber: 9,
  body: { stringValue: "cart loaded" },
  attributes: wireAttributes({ "mall.cart.size": 2 }),
  traceId: traceId("trace"),
  spanId: spanId("a"),
  ...over,
});

const logs = (...logRecords: object[]) => ({
  resourceLogs: [
    { resource: { attributes: wireAttributes({ "service.name": "cart" }) }, scopeLogs: [{ logRecords }] },
  ],
});

const linesOf = async (name: string): Promise<TraceDetail["logs"]> =>
  (await observatory.get<TraceDetail>(`/api/traces/${traceId(name)}`)).logs;

describe("POST /v1/logs", () => {
  test("puts the lines of a request beside its spans, in order of time", async () => {
    const earlier = record({
      timeUnixNano: `${EPOCH_MS - 1}000000`,
      severityNumber: 17,
      body: { stringValue: "no" },
    });
    await observatory.http.post("/v1/logs").send(logs(record(), earlier)).expect(200, {});

    expect(await linesOf("trace")).toMatchObject([
      { severity: "ERROR", body: "no", timeMs: EPOCH_MS - 1 },
      {
        severity: "INFO",
        body: "cart loaded",
        service: "cart",
        spanId: spanId("a"),
        attributes: [["mall.cart.size", "2"]],
      },
    ]);
  });

  test("in protobuf is the same, and says what it did not take", async () => {
    const request = logs(record({ severityText: "warn" }), record({ timeUnixNano: "0" }));
    const withBytes: unknown = JSON.parse(JSON.stringify(request), (key, value: unknown) =>
      typeof value === "string" && /^(traceId|spanId)$/.test(key) ? Buffer.from(value, "hex") : value,
    );
    const bytes = exportLogsRequest.encode(exportLogsRequest.fromObject(Object(withBytes))).finish();

    const { body } = await observatory.http
      .post("/v1/logs")
      .type("application/x-protobuf")
      .send(Buffer.from(bytes))
      .responseType("blob")
      .expect(200);

    expect(exportLogsResponse.decode(body as Buffer).toJSON()).toEqual({
      partialSuccess: { rejectedLogRecords: "1", errorMessage: "a log record has no time" },
    });
    expect(await linesOf("trace")).toMatchObject([{ severity: "warn", body: "cart loaded" }]);
  });

  test("counts the lines of no request, and keeps none of them", async () => {
    await observatory.http
      .post("/v1/logs")
      .send(logs(record({ traceId: "" }), record()))
      .expect(200);

    const { telemetry } = await observatory.get<Overview>("/api/overview");
    expect(telemetry.logs).toEqual({ accepted: 2, kept: 1, evicted: 0, dropped: 1 });
  });

  test.each([[{ resourceLogs: 1 }], [[]]])("refuses %j", async (body) => {
    await observatory.http.post("/v1/logs").send(body).expect(400);
  });
});

const line = (trace: string): LogRecord => ({
  traceId: trace,
  spanId: "",
  time: { ms: 1, nanos: 0 },
  service: "cart",
  severity: "INFO",
  body: "x",
  attributes: noAttributes,
});

test("lines are bounded, whole traces leave first, and every line is accounted for", () => {
  const store = createLogStore({ maxLines: 100 });
  for (let n = 0; n < 300; n += 1) store.add(line("talkative"));
  for (let n = 0; n < 90; n += 1) store.add(line(`t${n % 3}`));

  const { accepted, kept, evicted, dropped } = store.counts();
  expect(kept + evicted + dropped).toBe(accepted);
  expect(kept).toBeLessThanOrEqual(100);
  expect(store.linesOf("talkative")).toEqual([]);
  expect(store.linesOf("t2")).toHaveLength(30);
});
