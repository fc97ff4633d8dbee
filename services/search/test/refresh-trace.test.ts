import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { eventually, type ServiceUnderTest, startForTest } from "@mall/kit/testing";
import { context, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { search } from "../src/app.ts";
import { type SearchUnderTest, startSearch } from "./search-under-test.ts";

const exporter = new InMemorySpanExporter();
let mall: SearchUnderTest;
let alone: ServiceUnderTest;

beforeAll(async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(
    new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
  );
  mall = await startSearch();
  alone = await startForTest(search, { PRODUCT_URL: "http://127.0.0.1:9" });
});
afterAll(async () => {
  await alone.stop();
  await mall.stop();
  trace.disable();
  context.disable();
});

const rounds = () => exporter.getFinishedSpans().filter(({ name }) => name === "refresh index");
const failed = () => rounds().filter(({ status }) => status.code === SpanStatusCode.ERROR);
const succeeded = () => rounds().filter(({ status }) => status.code === SpanStatusCode.UNSET);

test("each round of the refresh is a trace of its own that says how much was indexed", async () => {
  const { body } = await mall.get("/search");

  await eventually(() => expect(succeeded().length).toBeGreaterThanOrEqual(3));

  expect(new Set(rounds().map(({ parentSpanContext }) => parentSpanContext))).toEqual(new Set([undefined]));
  expect(new Set(rounds().map((span) => span.spanContext().traceId)).size).toBe(rounds().length);
  expect(succeeded()[0]?.attributes).toEqual({ "mall.product.count": body.total });
});

test("a round that fails is marked as failed", async () => {
  await eventually(() => expect(failed().length).toBeGreaterThanOrEqual(1));

  expect(failed()[0]?.events[0]?.attributes?.["exception.message"]).toBe("product cannot be reached.");
});
