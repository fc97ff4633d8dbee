import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import request from "supertest";
import { z } from "zod";
import { ok, route } from "../src/http/route.ts";
import { money } from "../src/money/money.ts";
import type { ServiceUnderTest } from "../src/testing/index.ts";
import { givenService } from "./support/given-service.ts";

const line = z.strictObject({ productId: z.uuid(), quantity: z.int().min(1).max(99) });
const order = z.strictObject({
  lines: z.array(line).min(1),
  address: z.strictObject({ city: z.string() }),
  total: money,
});
const productId = "0190f5a0-0000-4000-8000-000000000000";
const valid = {
  lines: [{ productId, quantity: 1 }],
  address: { city: "Seoul" },
  total: { amount: 1, currency: "KRW" },
};

let handled: unknown[] = [];
let shop: ServiceUnderTest;

beforeAll(async () => {
  shop = await givenService(() => ({
    routes: [
      route({
        method: "post",
        path: "/orders",
        summary: "Takes an order",
        body: order,
        headers: z.object({ "idempotency-key": z.string().max(5).optional() }),
        query: z.strictObject({ limit: z.coerce.number().int().max(10).default(3) }),
        answers: { 200: z.object({ limit: z.int() }) },
        handle({ body, query }) {
          handled.push(body);
          return ok(query);
        },
      }),
      route({
        method: "get",
        path: "/lies",
        summary: "Answers what it does not declare",
        query: z.object({ how: z.string() }),
        answers: { 200: z.object({ count: z.int() }), 204: null },
        handle: ({ query: { how } }) =>
          how === "wrong"
            ? ok({ count: "1" })
            : how === "status"
              ? { status: 202 }
              : how === "empty"
                ? { status: 200 }
                : { status: 204, body: "there is one" },
      }),
    ],
  }));
});
afterAll(() => shop.stop());

const post = (body: unknown) =>
  request(shop.url)
    .post("/orders")
    .send(body as object);
const fieldsOf = ({ body }: request.Response): string[] =>
  body.errors.map(({ field }: { field: string }) => field);

describe("a body is refused, nothing is done, and the field is named", () => {
  test.each<[string, unknown, string[]]>([
    ["inside a list", { ...valid, lines: [{ productId, quantity: 0 }] }, ["lines.0.quantity"]],
    ["inside an object", { ...valid, address: { city: 5 } }, ["address.city"]],
    ["a field that is missing", { lines: valid.lines, total: valid.total }, ["address"]],
    ["a field that nobody knows", { ...valid, coupon: "FREE" }, ["coupon"]],
    ["a nested field that nobody knows", { ...valid, address: { city: "a", zip: 1 } }, ["address.zip"]],
    ["several unknown ones", { ...valid, a: 1, b: 2 }, ["a", "b"]],
    [
      "each of several mistakes",
      { ...valid, lines: [{ productId: "x", quantity: 1.5 }], total: { amount: -1, currency: "XXX" } },
      ["lines.0.productId", "lines.0.quantity", "total.amount", "total.currency"],
    ],
    [
      "an attempt to change every object",
      JSON.parse('{"__proto__": {"admin": true}}'),
      ["lines", "address", "total"],
    ],
    ["a list instead of an object", [], ["body"]],
  ])("%s", async (_what, body, fields) => {
    handled = [];

    const answer = await post(body);

    expect(answer.status).toBe(422);
    expect(answer.type).toBe("application/problem+json");
    expect(fieldsOf(answer)).toEqual(expect.arrayContaining(fields));
    expect(answer.body.detail).toContain(fields[0]);
    expect(handled).toEqual([]);
  });
});

describe("what the address and the headers say", () => {
  test.each([
    ["/orders?limit=11", {}, "limit"],
    ["/orders?limit=many", {}, "limit"],
    ["/orders?limit=1&limit=2", {}, "limit"],
    ["/orders?page=1", {}, "page"],
    ["/orders", { "idempotency-key": "too long" }, "idempotency-key"],
  ])("%s with %j is 400", async (path, headers, field) => {
    const answer = await request(shop.url).post(path).set(headers).send(valid);

    expect(answer.status).toBe(400);
    expect(fieldsOf(answer)).toEqual([field]);
  });

  test("is given to the handler as its schema reads it", async () => {
    handled = [];

    const answer = await request(shop.url).post("/orders?limit=7").send(valid);

    expect(answer.body).toEqual({ limit: 7 });
    expect((await post(valid)).body).toEqual({ limit: 3 });
    expect(handled).toEqual([valid, valid]);
  });
});

test.each(["wrong", "status", "empty", "more"])(
  "under test, an answer other than declared (%s) is an error",
  async (how) => {
    await request(shop.url).get(`/lies?how=${how}`).expect(500);
  },
);
