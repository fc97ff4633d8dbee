import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type ServiceUnderTest, startForTest } from "@mall/kit/testing";
import { product } from "@mall/product";
import request from "supertest";
import { shipping } from "../src/app.ts";

let products: ServiceUnderTest;
let service: ServiceUnderTest;
let ids: string[];

beforeAll(async () => {
  products = await startForTest(product);
  service = await startForTest(shipping, { PRODUCT_URL: products.url });
  const { body } = await request(products.url).get("/products?limit=3");
  ids = body.items.map(({ id }: { id: string }) => id);
});
afterAll(async () => {
  await service.stop();
  await products.stop();
});

const destination = {
  name: "Kim Minji",
  line1: "110 Sejong-daero",
  city: "Seoul",
  postalCode: "04524",
  country: "KR",
};
const singleItem = () => ({ items: [{ productId: ids[0] ?? "", quantity: 1 }], destination });
const wholeCart = () => ({
  items: ids.map((productId, index) => ({ productId, quantity: index + 1 })),
  destination,
});

const api = () => request(service.url);
const book = (orderId: string, shipment: unknown = singleItem()) =>
  api()
    .put(`/shipments/${orderId}`)
    .send(shipment as object);
const find = (orderId: string) => api().get(`/shipments/${orderId}`);
const cancel = (orderId: string) => api().delete(`/shipments/${orderId}`);
const summary = async () => (await api().get("/shipments/summary")).body;
const codeOf = ({ body }: { body: { type: string } }) => body.type.replace("urn:mall:problem:", "");

describe("a shipment", () => {
  test.each([
    ["a single item", singleItem],
    ["a whole cart", wholeCart],
  ])(
    "of %s is booked at the price of its quote, once, however often it is asked",
    async (_what, contents) => {
      const orderId = randomUUID();
      const { items } = contents();
      const quoted = await api()
        .post("/quotes")
        .send({ items, destination: { country: "KR", postalCode: "04524" } });
      const before = await summary();

      const answers = await Promise.all(Array.from({ length: 20 }, () => book(orderId, contents())));

      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      const { price, weightGrams } = quoted.body;
      expect(answers[0]?.body).toMatchObject({ orderId, state: "booked", price, weightGrams });
      expect((await find(orderId)).body).toEqual(answers[0]?.body);
      expect(await summary()).toEqual({
        count: before.count + 1,
        total: { amount: before.total.amount + price.amount, currency: "USD" },
      });
    },
  );

  test("keeps its price when the product's weight changes later", async () => {
    const orderId = randomUUID();
    const first = await book(orderId);
    await products.database.query("update products set weight_grams = weight_grams + 50000 where id = $1", [
      ids[0],
    ]);

    const again = await book(orderId);
    await products.database.query("update products set weight_grams = weight_grams - 50000 where id = $1", [
      ids[0],
    ]);

    expect(again.body).toEqual(first.body);
  });

  test("of other products or to another address is refused for an order that has one", async () => {
    const orderId = randomUUID();
    const first = await book(orderId, wholeCart());

    const reordered = await book(orderId, { ...wholeCart(), items: wholeCart().items.toReversed() });
    const others = [
      await book(orderId, singleItem()),
      await book(orderId, { ...wholeCart(), destination: { ...destination, line1: "111 Sejong-daero" } }),
    ];

    expect(reordered.body).toEqual(first.body);
    expect(others.map(({ status }) => status)).toEqual([409, 409]);
    expect(others.map(codeOf)).toEqual(["shipment-differs", "shipment-differs"]);
    expect((await find(orderId)).body).toEqual(first.body);
  });

  // By hand, with S10's weights 8 6 4 2 3 5 9 7; the check digit is 11 less the rest, where 10 is written 0, and 11 is 5:
  // 8×4 + 6×7 + 4×3 + 2×1 + 3×2 + 5×4 + 9×8 + 7×2 = 200 = 18×11 + 2, 2×4 + 3×1 + 7×8 = 67 = 6×11 + 1, and
  // 2×4 + 3×1 + 9×1 + 7×5 = 55 = 5×11.
  test.each([
    [47_312_482, "EM473124829KR"],
    [41_008, "EM000410080KR"],
    [41_015, "EM000410155KR"],
  ])("with the serial number %d has the tracking code %s", async (serial, trackingCode) => {
    await service.database.query("select setval(pg_get_serial_sequence('shipments', 'serial'), $1, false)", [
      serial,
    ]);

    const booked = await book(randomUUID());
    const next = await book(randomUUID());

    expect(booked.body.trackingCode).toBe(trackingCode);
    expect(next.body.trackingCode).not.toBe(trackingCode);
  });

  test("shows nothing of the address that it goes to", async () => {
    const orderId = randomUUID();

    const answers = [await book(orderId), await find(orderId), await book(orderId, wholeCart())];

    for (const { text } of answers) expect(text).not.toMatch(/Minji|Sejong|04524/);
  });

  test("is found by its order; an order that has none has none", async () => {
    expect((await find(randomUUID())).status).toBe(404);
  });
});

describe("cancelling", () => {
  test("takes the shipment out of the summary, once, and it cannot be booked again", async () => {
    const before = await summary();
    const orderId = randomUUID();
    const booked = await book(orderId);

    const answers = [await cancel(orderId), await cancel(orderId)];
    const late = await book(orderId);

    expect(answers.map(({ status }) => status)).toEqual([204, 204]);
    expect(await summary()).toEqual(before);
    expect((await find(orderId)).body).toEqual({ ...booked.body, state: "cancelled" });
    expect(late.status).toBe(409);
    expect(codeOf(late)).toBe("shipment-cancelled");
  });

  test("an order that has no shipment yet is remembered, so that a late one is refused", async () => {
    const before = await summary();
    const orderId = randomUUID();

    await cancel(orderId).expect(204);
    const late = await book(orderId);

    expect(codeOf(late)).toBe("shipment-cancelled");
    expect((await find(orderId)).status).toBe(404);
    expect(await summary()).toEqual(before);
  });

  test("while the shipment is being booked leaves none, whichever comes first", async () => {
    const before = await summary();
    const orderIds = Array.from({ length: 30 }, () => randomUUID());

    const statuses = await Promise.all(
      orderIds.flatMap((orderId) => [
        book(orderId).then(({ status }) => status),
        cancel(orderId).then(({ status }) => status),
      ]),
    );

    expect(statuses.filter((status) => ![200, 204, 409].includes(status))).toEqual([]);
    expect(await summary()).toEqual(before);
    expect((await Promise.all(orderIds.map((id) => book(id)))).map(codeOf)).toEqual(
      Array(30).fill("shipment-cancelled"),
    );
  });
});

test("with product down, new shipments and quotes are refused; what is booked can be read, repeated and cancelled", async () => {
  const alone = await startForTest(shipping, {
    PRODUCT_URL: "http://127.0.0.1:9",
    DATABASE_URL: service.database.url,
  });
  const [known, unknown] = [randomUUID(), randomUUID()];
  const booked = await book(known);
  const there = request(alone.url);

  const refused = [
    await there.put(`/shipments/${unknown}`).send(singleItem()),
    await there.post("/quotes").send({ items: singleItem().items, destination: { country: "KR" } }),
  ];
  const again = await there.put(`/shipments/${known}`).send(singleItem());
  const cancelled = await there.delete(`/shipments/${known}`);
  await alone.stop();

  expect(refused.map(({ status }) => status)).toEqual([503, 503]);
  expect(refused[0]?.headers["retry-after"]).toBeDefined();
  expect((await find(unknown)).status).toBe(404);
  expect(again.body).toEqual(booked.body);
  expect(cancelled.status).toBe(204);
});
