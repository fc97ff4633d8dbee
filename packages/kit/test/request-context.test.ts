import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import request from "supertest";
import { z } from "zod";
import { currentRequest, remainingMs, withDeadline } from "../src/http/request-context.ts";
import { ok, route } from "../src/http/route.ts";
import type { ServiceUnderTest } from "../src/testing/index.ts";
import { givenService } from "./support/given-service.ts";

const seen = z.object({
  requestId: z.string(),
  headers: z.record(z.string(), z.string()),
  leftMs: z.array(z.number()),
});
type Seen = z.output<typeof seen>;

const look = { method: "get", path: "/look", summary: "What has arrived", answers: { 200: seen } } as const;
const leftMs = () => Math.round(remainingMs());
const hopMs = 40;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let back: ServiceUnderTest;
let middle: ServiceUnderTest;
let front: ServiceUnderTest;
let hangs: number;

beforeAll(async () => {
  back = await givenService(() => ({
    routes: [
      route({
        ...look,
        handle: ({ request: { headers } }) =>
          ok({
            requestId: currentRequest()?.requestId ?? "",
            headers: { timeout: String(headers["x-request-timeout-ms"]) },
            leftMs: [leftMs()],
          }),
      }),
      route({
        method: "get",
        path: "/hang",
        summary: "Never answers",
        answers: { 200: null },
        timeoutMs: 120,
        handle() {
          hangs++;
          return new Promise(() => undefined);
        },
      }),
    ],
  }));
  middle = await relay(back.url);
  front = await relay(middle.url);
});
afterAll(() => Promise.all([front, middle, back].map((service) => service.stop())));

/** Asks the next one, after some work of its own. */
const relay = (url: string) =>
  givenService(({ client }) => {
    const next = client("next", url);
    return {
      routes: [
        route({
          ...look,
          async handle() {
            await pause(hopMs);
            const left = leftMs();
            const answer: Seen = await next.request({ method: "GET", path: "/look", answer: seen });
            return ok({ ...answer, leftMs: [left, ...answer.leftMs] });
          },
        }),
        route({
          method: "get",
          path: "/hang",
          summary: "Asks one that hangs",
          answers: { 200: null },
          async handle() {
            await next.request({ method: "GET", path: "/hang" });
            return { status: 200 };
          },
        }),
      ],
    };
  });

describe("the request id", () => {
  test("of a caller is kept through every hop and given back", async () => {
    const answer = await request(front.url).get("/look").set("x-request-id", "order-7_a.b");

    expect(answer.headers["x-request-id"]).toBe("order-7_a.b");
    expect(answer.body.requestId).toBe("order-7_a.b");
  });

  test.each(["", "has spaces", "a".repeat(65), "<script>", '"; drop'])(
    "%j is not taken: one is invented",
    async (id) => {
      const answer = await request(front.url).get("/look").set("x-request-id", id);

      expect(answer.headers["x-request-id"]).toMatch(/^[\da-f-]{36}$/);
      expect(answer.body.requestId).toBe(answer.headers["x-request-id"]);
    },
  );

  test("is another one for each request without", async () => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, async () => (await request(front.url).get("/look")).headers["x-request-id"]),
    );

    expect(new Set(ids).size).toBe(5);
  });
});

describe("the deadline", () => {
  const ask = (path: string, timeoutMs: string) =>
    request(front.url).get(path).set("x-request-timeout-ms", timeoutMs);

  test("of a caller is passed on and reduced at each hop by the time that was spent", async () => {
    const { body } = await ask("/look", "1500");

    const [atFront = 0, atMiddle = 0, atBack = 0] = (body as Seen).leftMs;
    expect(atFront).toBeLessThanOrEqual(1500 - hopMs + 1);
    expect(atMiddle).toBeLessThanOrEqual(atFront - hopMs + 1);
    expect(atBack).toBeLessThanOrEqual(atMiddle);
    expect(atBack).toBeLessThanOrEqual(Number(body.headers.timeout));
    expect(atBack).toBeGreaterThan(0);
  });

  test.each(["", "soon", "-5", "1e9", "NaN"])("%j is none: the route's own holds", async (timeoutMs) => {
    const { body } = await ask("/look", timeoutMs);

    expect((body as Seen).leftMs[0]).toBeGreaterThan(3_000);
  });

  test("may not be later than the route's own", async () => {
    const { body } = await ask("/look", "999999");

    expect((body as Seen).leftMs[0]).toBeLessThanOrEqual(5_000);
  });

  test("of zero is answered 504 without doing anything", async () => {
    hangs = 0;

    const answer = await request(back.url).get("/hang").set("x-request-timeout-ms", "0");

    expect(answer.status).toBe(504);
    expect(hangs).toBe(0);
  });

  test("ends the wait for a handler that hangs, with 504", async () => {
    const start = performance.now();

    const answer = await request(back.url).get("/hang");

    expect(answer.status).toBe(504);
    expect(answer.body.type).toBe("urn:mall:problem:deadline-exceeded");
    expect(performance.now() - start).toBeGreaterThanOrEqual(115);
    expect(performance.now() - start).toBeLessThan(1_500);
  });

  test("ends a chain of calls in which the last one hangs, everywhere at once", async () => {
    const start = performance.now();

    const answer = await ask("/hang", "100");

    expect(answer.status).toBe(504);
    expect(performance.now() - start).toBeLessThan(1_500);
  });

  test("of work that no request has asked for is set by the work itself", async () => {
    expect(remainingMs()).toBe(Infinity);

    const [atStart, later] = await withDeadline(500, async () => {
      const first = leftMs();
      await pause(50);
      return [first, leftMs()] as const;
    });

    expect(atStart).toBeLessThanOrEqual(500);
    expect(later).toBeLessThanOrEqual(atStart - 49);
    expect(remainingMs()).toBe(Infinity);
  });
});
