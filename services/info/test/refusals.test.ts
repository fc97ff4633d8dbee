import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type ServiceUnderTest, startForTest } from "@mall/kit/testing";
import request from "supertest";
import { info } from "../src/app.ts";
import { anEvent } from "./order-events.ts";

let shop: ServiceUnderTest;

beforeAll(async () => {
  shop = await startForTest(info, { SHIPPING_URL: "http://127.0.0.1:9" });
});
afterAll(() => shop.stop());

const counted = () =>
  shop.database.query(
    "select event_id::text from counted_events union all select currency from currency_totals",
  );
/** An event with some of its order's fields replaced. */
const withData = (data: object) => {
  const event = anEvent();
  return { ...event, data: { ...event.data, ...data } };
};
const line = (quantity: unknown) => ({ lines: [{ quantity }] });

describe("an event is refused, and nothing is counted, when it has", () => {
  const refusals: [string, object, string][] = [
    ["an unknown type", { ...anEvent(), type: "order.shipped" }, "type"],
    ["an id that is no UUID", { ...anEvent(), id: "1" }, "id"],
    ["no id", { ...anEvent(), id: undefined }, "id"],
    ["a time that is none", { ...anEvent(), time: "yesterday" }, "time"],
    ["no data", { ...anEvent(), data: undefined }, "data"],
    ["no order", withData({ orderId: undefined }), "data.orderId"],
    ["no total", withData({ total: undefined }), "data.total"],
    ["a negative total", withData({ total: { amount: -1, currency: "USD" } }), "data.total.amount"],
    ["a fractional total", withData({ total: { amount: 0.5, currency: "USD" } }), "data.total.amount"],
    [
      "a total beyond exact numbers",
      withData({ total: { amount: 1e300, currency: "USD" } }),
      "data.total.amount",
    ],
    [
      "a total in another currency",
      withData({ total: { amount: 1, currency: "KRW" } }),
      "data.total.currency",
    ],
    ["an unknown currency", withData({ currency: "XXX" }), "data.currency"],
    ["no lines", withData({ lines: [] }), "data.lines"],
    ["a negative quantity", withData(line(-1)), "data.lines.0.quantity"],
    ["a fractional quantity", withData(line(1.5)), "data.lines.0.quantity"],
    ["a huge quantity", withData(line(1e9)), "data.lines.0.quantity"],
    ["a list instead of an event", [anEvent()], "body"],
  ];
  test.each(refusals)("%s", async (_what, event, field) => {
    const answer = await request(shop.url).post("/events").send(event);

    expect(answer.status).toBe(422);
    expect(answer.type).toBe("application/problem+json");
    expect(answer.body.errors.map((error: { field: string }) => error.field)).toContain(field);
    expect(await counted()).toEqual([]);
  });

  const unreadable: [string, string, string, number, string][] = [
    ["malformed JSON", '{"specversion": "1.0",', "application/json", 400, "body"],
    ["a content type that is not JSON", "specversion=1.0", "text/plain", 415, "content-type"],
    [
      "10 MB",
      JSON.stringify({ ...anEvent(), padding: "x".repeat(10_000_000) }),
      "application/json",
      413,
      "body",
    ],
  ];
  test.each(unreadable)("%s", async (_what, body, type, status, field) => {
    const answer = await request(shop.url).post("/events").set("content-type", type).send(body);

    expect(answer.status).toBe(status);
    expect(answer.type).toBe("application/problem+json");
    expect(answer.body.errors[0].field).toBe(field);
    expect(await counted()).toEqual([]);
  });
});
