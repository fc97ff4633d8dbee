import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type ServiceUnderTest, startForTest } from "@mall/kit/testing";
import { product } from "@mall/product";
import request from "supertest";
import { shipping } from "../src/app.ts";

let products: ServiceUnderTest;
let service: ServiceUnderTest;
let knownId: string;

beforeAll(async () => {
  products = await startForTest(product);
  service = await startForTest(shipping, { PRODUCT_URL: products.url });
  knownId = (await request(products.url).get("/products?limit=1")).body.items[0].id;
});
afterAll(async () => {
  await service.stop();
  await products.stop();
});

interface Sent {
  items: unknown;
  destination: Record<string, unknown>;
  [unknown: string]: unknown;
}

const orderId = randomUUID();
const destination = {
  shipment: { name: "Ana", line1: "Gran Vía 1", city: "Madrid", postalCode: "28013", country: "ES" },
  quote: { postalCode: "28013", country: "ES" },
};
const valid = (kind: keyof typeof destination): Sent => ({
  items: [{ productId: knownId, quantity: 1 }],
  destination: destination[kind],
});
const send = (kind: keyof typeof destination, body: unknown, type = "application/json") => {
  const asked =
    kind === "quote"
      ? request(service.url).post("/quotes")
      : request(service.url).put(`/shipments/${orderId}`);
  return asked.type(type).send(body as object);
};

const inBoth: [string, (body: Sent) => unknown, string][] = [
  ["a negative quantity", (body) => withItem(body, { quantity: -1 }), "items.0.quantity"],
  ["a quantity of none", (body) => withItem(body, { quantity: 0 }), "items.0.quantity"],
  ["a fractional quantity", (body) => withItem(body, { quantity: 1.5 }), "items.0.quantity"],
  ["a huge quantity", (body) => withItem(body, { quantity: 1e9 }), "items.0.quantity"],
  ["a quantity beyond any integer", (body) => withItem(body, { quantity: 1e300 }), "items.0.quantity"],
  ["a quantity in words", (body) => withItem(body, { quantity: "two" }), "items.0.quantity"],
  ["an unknown product", (body) => withItem(body, { productId: randomUUID() }), "items.0.productId"],
  ["a product id that is none", (body) => withItem(body, { productId: "mug" }), "items.0.productId"],
  ["no items", (body) => ({ ...body, items: [] }), "items"],
  ["101 items", (body) => ({ ...body, items: Array(101).fill((body.items as unknown[])[0]) }), "items"],
  ["a country that is not served", (body) => withDestination(body, { country: "AQ" }), "destination.country"],
  ["a country's name", (body) => withDestination(body, { country: "Spain" }), "destination.country"],
  [
    "an endless postal code",
    (body) => withDestination(body, { postalCode: "1".repeat(21) }),
    "destination.postalCode",
  ],
  ["a field that it does not know", (body) => ({ ...body, price: 0 }), "price"],
];
const withItem = (body: Sent, change: object) => ({
  ...body,
  items: [{ productId: knownId, quantity: 1, ...change }],
});
const withDestination = (body: Sent, change: object) => ({
  ...body,
  destination: { ...body.destination, ...change },
});

async function expectRefusal(answer: request.Response, status: number, field: string): Promise<void> {
  expect(answer.status).toBe(status);
  expect(answer.type).toBe("application/problem+json");
  expect(answer.body.errors[0].field).toBe(field);
  expect(await service.database.query("select 1 from shipments")).toEqual([]);
}

describe.each(["quote", "shipment"] as const)("a %s is refused, naming the field, for", (kind) => {
  test.each(inBoth)("%s; nothing is booked", async (_what, spoil, field) => {
    await expectRefusal(await send(kind, spoil(valid(kind))), 422, field);
  });

  const unreadable: [string, string, string, number, string][] = [
    ["malformed JSON", "application/json", '{"items": [', 400, "body"],
    ["a body of 10 MB", "application/json", JSON.stringify({ items: "x".repeat(10e6) }), 413, "body"],
    ["a wrong content type", "text/plain", "{}", 415, "content-type"],
  ];
  test.each(unreadable)("%s; nothing is booked", async (_what, type, body, status, field) => {
    await expectRefusal(await send(kind, body, type), status, field);
  });
});

describe("a shipment is refused, naming the field, for", () => {
  test.each(["name", "line1", "city"])(
    "an address without %s, or with one that is endless or unprintable",
    async (part) => {
      for (const value of [" ", "x".repeat(201), "a\u0000b", "\ud800", "a\nb", undefined])
        await expectRefusal(
          await send("shipment", withDestination(valid("shipment"), { [part]: value })),
          422,
          `destination.${part}`,
        );
    },
  );

  test("an order id that is none, whatever is asked", async () => {
    const answers = [
      await request(service.url).put("/shipments/summary").send(valid("shipment")),
      await request(service.url).get("/shipments/1"),
      await request(service.url).delete("/shipments/1"),
    ];

    for (const answer of answers) await expectRefusal(answer, 400, "orderId");
  });
});

test("the valid quote and shipment that all of these were made from are accepted", async () => {
  expect((await send("quote", valid("quote"))).status).toBe(200);
  expect((await send("shipment", valid("shipment"))).status).toBe(200);
});
