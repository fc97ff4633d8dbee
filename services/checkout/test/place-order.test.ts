import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { eventually } from "@mall/kit/testing";
import request from "supertest";
import { shopper, startMall, type TestMall } from "./support/start-mall.ts";

let mall: TestMall;

beforeAll(async () => {
  mall = await startMall();
}, 60_000);
afterAll(() => mall.stop());

describe("an order", () => {
  test("of a cart goes through every step, is mailed and counted once, and empties the cart", async () => {
    const productId = await mall.givenProduct({ stock: 10 });
    const cartId = await mall.givenCartWith({ [productId]: 2 });

    const placed = await mall.placeOrder({ ...shopper, cartId });

    expect(placed.status).toBe(201);
    expect(placed.headers["location"]).toBe(`/orders/${placed.body.id}`);
    expect(placed.body.state).toBe("confirmed");
    expect(
      placed.body.steps.map(({ step, outcome }: { step: string; outcome: string }) => `${step} ${outcome}`),
    ).toEqual(["reserve done", "charge done", "ship done", "commit done"]);
    expect(placed.body.trackingCode).toBeTruthy();
    expect(await mall.stockOf(productId)).toBe(8);
    expect((await request(mall.carts.url).get(`/carts/${cartId}`)).body.items).toEqual([]);
    await eventually(async () => expect(await mall.mailsOf(placed.body.id)).toHaveLength(1));
    await eventually(async () => {
      const { body } = await request(mall.statistics.url).get("/stats");
      expect(body.orders.confirmed).toBeGreaterThan(0);
    });
  });

  test("of a single line, bought now, leaves the cart alone", async () => {
    const productId = await mall.givenProduct({ stock: 3 });
    const cartId = await mall.givenCartWith({ [productId]: 1 });

    const line = { productId, quantity: 1 };
    const placed = await mall.placeOrder({ ...shopper, line, sessionId: cartId });

    expect(placed.body.state).toBe("confirmed");
    expect((await request(mall.carts.url).get(`/carts/${cartId}`)).body.items).toHaveLength(1);
    const { body } = await request(mall.orders.url).get("/orders").query({ sessionId: cartId });
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual([placed.body.id]);
  });

  test("costs what was quoted, and at any other total it is refused with the new one", async () => {
    const productId = await mall.givenProduct({ stock: 10 });
    const cartId = await mall.givenCartWith({ [productId]: 3 });
    const { body: quote } = await request(mall.orders.url)
      .post("/quotes")
      .send({ cartId, currency: "KRW", country: "KR", locale: "ko" });
    await mall.products.database.query(
      "update products set price_amount = price_amount + 1000 where id = $1",
      [productId],
    );

    const stale = await mall.placeOrder({ ...shopper, cartId, currency: "KRW", expectedTotal: quote.total });
    const fresh = await mall.placeOrder({
      ...shopper,
      cartId,
      currency: "KRW",
      expectedTotal: stale.body.total,
    });

    expect(stale.status).toBe(409);
    expect(stale.body.type).toBe("urn:mall:problem:price-changed");
    expect(fresh.status).toBe(201);
    expect(fresh.body.total).toEqual(stale.body.total);
    expect(await mall.stockOf(productId)).toBe(7);
  });

  test("lists of a session's orders are paged, newest first, without gap or repetition", async () => {
    const productId = await mall.givenProduct({ stock: 10 });
    const sessionId = `session-${randomUUID()}`;
    const placed: string[] = [];
    for (let count = 0; count < 3; count++) {
      const { body } = await mall.placeOrder({ ...shopper, sessionId, line: { productId, quantity: 1 } });
      placed.unshift(body.id);
    }

    const first = await request(mall.orders.url).get("/orders").query({ sessionId, limit: 2 });
    const second = await request(mall.orders.url)
      .get("/orders")
      .query({ sessionId, limit: 2, cursor: first.body.next });

    const listed = [...first.body.items, ...second.body.items].map(({ id }: { id: string }) => id);
    expect(listed).toEqual(placed);
    expect(second.body.next).toBeNull();
  });
});

describe("an Idempotency-Key", () => {
  test("sent 100 times in parallel makes one order, one charge and one text of answer", async () => {
    const productId = await mall.givenProduct({ stock: 500 });
    const cartId = await mall.givenCartWith({ [productId]: 1 });
    const key = randomUUID();
    const before = await mall.chargesInState("captured");

    const answers = await Promise.all(
      Array.from({ length: 100 }, () => mall.placeOrder({ ...shopper, cartId }, key)),
    );

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await mall.chargesInState("captured")).toBe(before + 1);
    expect(await mall.stockOf(productId)).toBe(499);
  }, 30_000);

  test("replays a refusal byte for byte as well", async () => {
    const productId = await mall.givenProduct({ stock: 5 });
    const body = { ...shopper, cardId: "visa-0002", line: { productId, quantity: 1 } };
    const key = randomUUID();

    const [first, second] = [await mall.placeOrder(body, key), await mall.placeOrder(body, key)];

    expect(first.status).toBe(402);
    expect(second.status).toBe(402);
    expect(second.text).toBe(first.text);
    expect(second.type).toBe("application/problem+json");
  });

  test("with another order is refused", async () => {
    const productId = await mall.givenProduct({ stock: 5 });
    const key = randomUUID();
    await mall.placeOrder({ ...shopper, line: { productId, quantity: 1 } }, key);
    const failuresBefore = await mall.checkoutsThat("failed");

    const other = await mall.placeOrder({ ...shopper, line: { productId, quantity: 2 } }, key);

    expect(other.status).toBe(422);
    expect(other.body.type).toBe("urn:mall:problem:idempotency-key-reused");
    // The buyer's mistake is no failure of the mall: this number decides whether a new version is good.
    expect(await mall.checkoutsThat("failed")).toBe(failuresBefore);
    expect(await mall.stockOf(productId)).toBe(4);
  });

  test("whose first request died after its order was stored is answered with that order", async () => {
    const productId = await mall.givenProduct({ stock: 5 });
    const key = randomUUID();
    const body = { ...shopper, line: { productId, quantity: 1 } };
    const first = await mall.placeOrder(body, key);
    await mall.orders.database.query(
      "update idempotency_keys set body = null, status = null, claimed_at = now() - interval '1 minute' where key = $1",
      [key],
    );

    const second = await mall.placeOrder(body, key);

    expect(second.status).toBe(201);
    expect(second.body.id).toBe(first.body.id);
    expect(await mall.stockOf(productId)).toBe(4);
  });
});

describe("of the last unit and 50 buyers", () => {
  test("one gets it, 49 are told that it is sold out, and only one is charged", async () => {
    const productId = await mall.givenProduct({ stock: 1 });
    const before = await mall.chargesInState("captured");

    const answers = await Promise.all(
      Array.from({ length: 50 }, () => mall.placeOrder({ ...shopper, line: { productId, quantity: 1 } })),
    );

    const refused = answers.filter(({ status }) => status === 409);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(refused).toHaveLength(49);
    expect(new Set(refused.map(({ body }) => body.type))).toEqual(new Set(["urn:mall:problem:sold-out"]));
    expect(refused[0]?.body.products).toEqual([productId]);
    expect(await mall.stockOf(productId)).toBe(0);
    expect(await mall.chargesInState("captured")).toBe(before + 1);
  }, 30_000);
});

describe("a card", () => {
  test("that is declined gives the stock back, tells the buyer why, and is told by mail", async () => {
    const productId = await mall.givenProduct({ stock: 5 });

    const refused = await mall.placeOrder({
      ...shopper,
      cardId: "visa-0002",
      line: { productId, quantity: 2 },
    });

    expect(refused.status).toBe(402);
    expect(refused.body.type).toBe("urn:mall:problem:card-declined");
    expect(await mall.stockOf(productId)).toBe(5);
    const order = await mall.orderOf(refused.body.orderId);
    expect(order.state).toBe("cancelled");
    expect(order.failure.code).toBe("card-declined");
    await eventually(async () => expect(await mall.mailsOf(order.id)).toHaveLength(1));
  });

  test("that goes silent after having charged is charged once and the order is confirmed", async () => {
    const productId = await mall.givenProduct({ stock: 5 });
    const silent = await request(mall.cards.url).get("/cards");
    const { id: cardId } = silent.body.items.find(
      ({ behaviour }: { behaviour: string }) => behaviour === "silent",
    );

    const placed = await mall.placeOrder({ ...shopper, cardId, line: { productId, quantity: 1 } });

    expect(placed.status).toBe(201);
    await eventually(
      async () => expect((await mall.orderOf(placed.body.id)).state).toBe("confirmed"),
      20_000,
    );
    const captures = await request(mall.cards.url).get(`/charges/${placed.body.id}`);
    expect(captures.body.state).toBe("captured");
  }, 30_000);
});

describe("money", () => {
  test.each([
    ["KRW", 0],
    ["JPY", 0],
    ["EUR", 2],
    ["KWD", 3],
  ])(
    "in %s: the total is the sum of lines rounded once, and the rates are kept with the order",
    async (currency) => {
      const [first, second] = [
        await mall.givenProduct({ stock: 50, position: 1 }),
        await mall.givenProduct({ stock: 50, position: 2 }),
      ];
      await mall.products.database.query(
        "update products set discount_percent = 15, price_amount = 1999 where id = $1",
        [first],
      );
      const cartId = await mall.givenCartWith({ [first]: 3, [second]: 1 });

      const { body: order } = await mall.placeOrder({ ...shopper, cartId, currency });

      const sum = order.lines.reduce(
        (total: number, line: { total: { amount: number } }) => total + line.total.amount,
        0,
      );
      expect(order.subtotal).toEqual({ amount: sum, currency });
      expect(order.total).toEqual({ amount: sum + order.shipping.amount, currency });
      const { rate } = order.rates.find(({ from }: { from: string }) => from === "USD");
      const shift = { KRW: 0, JPY: 0, EUR: 2, KWD: 3 }[currency] ?? 0;
      const exact = 19.99 * 3 * 0.85 * Number(rate) * 10 ** shift;
      const discounted = order.lines.find(({ productId }: { productId: string }) => productId === first);
      expect(Math.abs(discounted.total.amount - exact)).toBeLessThanOrEqual(0.5 + 1e-6);
      const { body: charge } = await request(mall.cards.url).get(`/charges/${order.id}`);
      expect(charge.amount).toEqual(order.total);
    },
  );
});

describe("an order is refused, and nothing has happened, for", () => {
  const line = (productId: string, quantity: unknown = 1) => ({ line: { productId, quantity } });
  const cases: [string, (productId: string) => object, number, string][] = [
    ["an unknown currency", (id) => ({ ...line(id), currency: "XYZ" }), 422, "currency"],
    ["a currency that the mall does not trade", (id) => ({ ...line(id), currency: "VND" }), 422, "currency"],
    ["an unknown card", (id) => ({ ...line(id), cardId: "card-of-nobody" }), 422, "cardId"],
    ["an unknown product", () => line(randomUUID()), 422, "productId"],
    ["a negative quantity", (id) => line(id, -1), 422, "line.quantity"],
    ["a fractional quantity", (id) => line(id, 1.5), 422, "line.quantity"],
    ["a huge quantity", (id) => line(id, 1e12), 422, "line.quantity"],
    ["an empty cart", () => ({ cartId: "nobody-has-this" }), 422, "cartId"],
    ["neither cart nor line", () => ({}), 422, "cartId"],
    ["both cart and line", (id) => ({ ...line(id), cartId: "c" }), 422, "cartId"],
    [
      "a country that is not served",
      (id) => ({ ...line(id), address: { ...shopper.address, country: "AQ" } }),
      422,
      "address.country",
    ],
    ["a mail address that is none", (id) => ({ ...line(id), email: "nobody" }), 422, "email"],
    [
      "a name with a line break",
      (id) => ({ ...line(id), address: { ...shopper.address, name: "A\r\nBcc: b" } }),
      422,
      "address.name",
    ],
    ["a field that it does not know", (id) => ({ ...line(id), price: 1 }), 422, "price"],
  ];
  test.each(cases)("%s", async (_what, change, status, field) => {
    const productId = await mall.givenProduct({ stock: 5 });
    const key = randomUUID();

    const refused = await mall.placeOrder({ ...shopper, ...change(productId) }, key);

    expect(refused.status).toBe(status);
    expect(refused.type).toBe("application/problem+json");
    expect(refused.body.errors.map((error: { field: string }) => error.field)).toContain(field);
    expect(await mall.stockOf(productId)).toBe(5);
    expect(
      await mall.orders.database.query("select id from orders where idempotency_key = $1", [key]),
    ).toEqual([]);
  });

  test("a missing Idempotency-Key, malformed JSON, a wrong content type, a body of 10 MB", async () => {
    const post = () => request(mall.orders.url).post("/orders");
    const withKey = () => post().set("Idempotency-Key", randomUUID());

    const missing = await post().send(shopper);
    const malformed = await withKey().set("content-type", "application/json").send('{"cartId": ');
    const wrongType = await withKey().set("content-type", "text/plain").send("cartId=1");
    const huge = await withKey().send({ ...shopper, cartId: "c".repeat(10_000_000) });

    expect([missing.status, malformed.status, wrongType.status, huge.status]).toEqual([400, 400, 415, 413]);
    expect(missing.body.errors[0].field).toBe("idempotency-key");
    expect(malformed.body.errors[0].field).toBe("body");
    expect(wrongType.body.errors[0].field).toBe("content-type");
    expect(huge.body.errors[0].field).toBe("body");
  });
});
