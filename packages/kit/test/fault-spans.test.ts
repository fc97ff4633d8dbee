import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { request as call } from "undici";
import { defineMigrations } from "../src/database/migrations.ts";
import { faultFile } from "../src/faults/fault-flags.ts";
import {
  createTestDatabase,
  eventually,
  type OtlpReceiver,
  type ReceivedSpan,
  startOtlpReceiver,
  type TestDatabase,
} from "../src/testing/index.ts";
import { type FixtureProcess, startFixture, stopFixture } from "./support/fixture-process.ts";

const service = "faulty";
let folder: string;
let receiver: OtlpReceiver;
let database: TestDatabase;
let faulty: FixtureProcess;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kit-fault-spans-"));
  await switchOn({});
  receiver = await startOtlpReceiver();
  database = await createTestDatabase(service, defineMigrations({}));
  faulty = startFixture({
    traced: true,
    env: {
      DATABASE_URL: database.url,
      FAULTS_FILE: join(folder, "flags.json"),
      OTEL_SERVICE_NAME: service,
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_METRICS_EXPORTER: "none",
      OTEL_LOGS_EXPORTER: "none",
      OTEL_NODE_RESOURCE_DETECTORS: "env",
      OTEL_BSP_SCHEDULE_DELAY: "100",
    },
  });
  url = await faulty.url;
}, 60_000);
afterAll(async () => {
  await stopFixture(faulty);
  await database.drop();
  await receiver.stop();
  await rm(folder, { recursive: true });
});

/** These faults of the service and no others: `{ latency: "slow" }`. */
async function switchOn(on: Record<string, string>): Promise<void> {
  const { flags } = faultFile([{ name: service, database: true, consumesEvents: false }]);
  const switched = Object.entries(flags).map(([name, flag]) => {
    const variant = on[name.slice(service.length + 1)];
    return [name, variant ? { ...(flag as object), defaultVariant: variant } : flag];
  });
  await writeFile(join(folder, "flags.json"), JSON.stringify({ flags: Object.fromEntries(switched) }));
}

/** The spans of one request, the server's first, once the fault is on. */
async function traceUnder(fault: string): Promise<{ server: ReceivedSpan; below: ReceivedSpan[] }> {
  return eventually(async () => {
    const traceId = randomBytes(16).toString("hex");
    const { body } = await call(`${url}/items/7`, {
      headers: { traceparent: `00-${traceId}-${"1".repeat(16)}-01` },
    });
    await body.dump();
    return eventually(() => {
      const spans = receiver.spans.filter((span) => span.traceId === traceId);
      const server = spans.find(({ kind }) => kind === "server");
      expect(server?.attributes["mall.fault"]).toBe(fault);
      if (!server) throw new Error("there is no server span");
      return { server, below: spans.filter(({ parentSpanId }) => parentSpanId === server.spanId) };
    }, 1_000);
  }, 15_000);
}

test("an injected error is a failed span of the operation that it hits, with its reason as exception", async () => {
  await switchOn({ "error-ratio": "all" });

  const { server, below } = await traceUnder("error-ratio");

  expect(server).toMatchObject({
    service,
    name: "GET /items/{id}",
    failed: true,
    exceptions: ["The fault faulty.error-ratio is switched on."],
    attributes: { "http.route": "/items/{id}", "http.response.status_code": 500, "error.type": "500" },
  });
  expect(below).toEqual([]);
  const metrics = await (await call(`${url}/metrics`)).body.text();
  expect(metrics).toMatch(/http_route="\/items\/\{id\}",http_response_status_code="500"/);
});

test("injected latency is time of the operation itself", async () => {
  await switchOn({ latency: "slow" });

  const { server } = await traceUnder("latency");

  expect(server).toMatchObject({ name: "GET /items/{id}", failed: false });
  expect(server.endMs - server.startMs).toBeGreaterThanOrEqual(299);
});

test("a slow query is time of a statement under the operation", async () => {
  await switchOn({ "slow-query": "slow" });

  const { server, below } = await traceUnder("slow-query");

  expect(server).toMatchObject({ name: "GET /items/{id}", failed: false });
  const slow = below.filter(({ attributes }) => JSON.stringify(attributes).includes("pg_sleep"));
  expect(slow).toHaveLength(1);
  for (const { startMs, endMs } of slow) expect(endMs - startMs).toBeGreaterThanOrEqual(249);
});
