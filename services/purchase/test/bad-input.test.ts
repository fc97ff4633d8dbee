import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type ServiceUnderTest, startForTest } from "@mall/kit/testing";
import request from "supertest";
import { purchase } from "../src/app.ts";

let service: ServiceUnderTest;

beforeAll(async () => {
  service = await startForTest(purchase);
});
afterAll(() => service.stop());

const orderId = randomUUID();
const valid = { orderId, cardId: "visa-4242", amount: { amount: 129_900, currency: "USD" } };
const costing = (amount: unknown) => JSON.stringify({ ...valid, amount: { amount, currency: "USD" } });
const json = "application/json";

const refusals: [string, string, string, number, string][] = [
  ["a negative amount", json, costing(-1), 422, "amount.amount"],
  ["an amount of nothing", json, costing(0), 422, "amount.amount"],
  ["a fractional amount", json, costing(0.5), 422, "amount.amount"],
  ["a huge amount", json, costing(1e12), 422, "amount.amount"],
  ["an amount beyond any integer", json, costing(1e300), 422, "amount.amount"],
  ["an amount in words", json, costing("one"), 422, "amount.amount"],
  [
    "an amount without currency",
    json,
    JSON.stringify({ ...valid, amount: { amount: 1 } }),
    422,
    "amount.currency",
  ],
  ["an unknown currency", json, costing(1).replace("USD", "XXX"), 422, "amount.currency"],
  ["an unknown card", json, JSON.stringify({ ...valid, cardId: "visa-1111" }), 422, "cardId"],
  [
    "a property of every object as card",
    json,
    JSON.stringify({ ...valid, cardId: "constructor" }),
    422,
    "cardId",
  ],
  ["an order id that is none", json, JSON.stringify({ ...valid, orderId: "1" }), 422, "orderId"],
  ["a card number", json, JSON.stringify({ ...valid, number: "0" }), 422, "number"],
  ["an array", json, "[]", 422, "body"],
  ["malformed JSON", json, '{"orderId": ', 400, "body"],
  ["a body of 10 MB", json, JSON.stringify({ ...valid, cardId: "x".repeat(10e6) }), 413, "body"],
  ["a wrong content type", "text/plain", JSON.stringify(valid), 415, "content-type"],
];

describe("a charge is refused, naming the field, for", () => {
  test.each(refusals)("%s; nothing is written down or taken", async (_what, type, body, status, field) => {
    const answer = await request(service.url).post("/charges").type(type).send(body);

    expect(answer.status).toBe(status);
    expect(answer.type).toBe("application/problem+json");
    expect(answer.body.errors[0].field).toBe(field);
    expect(await service.database.query("select 1 from charges")).toEqual([]);
    expect(await service.database.query("select 1 from acquirer_ledger")).toEqual([]);
  });
});

test("a refund or a look at what is no order id is refused, naming it", async () => {
  const answers = [
    await request(service.url).post("/charges/1/refund"),
    await request(service.url).get("/charges/1"),
  ];

  expect(answers.map(({ status }) => status)).toEqual([400, 400]);
  expect(answers.map(({ body }) => body.errors[0].field)).toEqual(["id", "id"]);
  expect(await service.database.query("select 1 from charges")).toEqual([]);
});

test("the valid charge that all of these were made from is taken", async () => {
  expect((await request(service.url).post("/charges").send(valid)).status).toBe(201);
});
