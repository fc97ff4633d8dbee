import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type ServiceUnderTest, startForTest } from "@mall/kit/testing";
import { purchase } from "../src/app.ts";
import { codeOf, createShopper, givenOrder } from "./shopper.ts";

let service: ServiceUnderTest;

beforeAll(async () => {
  service = await startForTest(purchase, { ACQUIRER_TIMEOUT_MS: "2000" });
});
afterAll(() => service.stop());

const { api, charge, find, takenFor } = createShopper(() => service);

describe("the cards", () => {
  test("show no more of their number than its end, and are found one by one", async () => {
    const { body } = await api().get("/cards");
    const one = await api().get("/cards/visa-4242");
    const missing = await api().get("/cards/visa-1111");

    const behaviours = new Set(body.items.map(({ behaviour }: { behaviour: string }) => behaviour));
    expect(behaviours).toEqual(new Set(["captures", "declined", "insufficient-funds", "slow", "silent"]));
    expect(JSON.stringify(body)).not.toMatch(/\d{5}/);
    expect(one.body).toEqual(body.items[0]);
    expect(missing.status).toBe(404);
  });
});

describe("a charge", () => {
  test("takes the money once, and the same again answers the same", async () => {
    const order = givenOrder("visa-4242");

    const first = await charge(order);
    const again = await charge(order);

    expect(first.status).toBe(201);
    expect(first.headers["location"]).toBe(`/charges/${order.orderId}`);
    expect(first.body).toMatchObject({ id: order.orderId, ...order, state: "captured", refusal: null });
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect((await find(order)).body).toEqual(first.body);
    expect(await takenFor(order)).toBe(129_900);
  });

  test.each(["visa-4242", "mastercard-3220", "jcb-0505"])(
    "asked for 50 times at once with %s is taken once",
    async (cardId) => {
      const order = givenOrder(cardId);

      const answers = await Promise.all(Array.from({ length: 50 }, () => charge(order)));

      // The silent card leaves the one who came first without an answer; everybody else hears of the same capture.
      const unanswered = cardId === "jcb-0505" ? 1 : 0;
      const taken = answers.filter(({ status }) => status === 201);
      expect(taken).toHaveLength(50 - unanswered);
      expect(answers.filter(({ status }) => status === 504)).toHaveLength(unanswered);
      expect(new Set(taken.map(({ text }) => text)).size).toBe(1);
      expect(await takenFor(order)).toBe(129_900);
    },
  );

  test("with another card or amount is refused for an order that has one", async () => {
    const order = givenOrder("visa-4242");
    await charge(order);

    const others = [
      await charge({ ...order, cardId: "mastercard-4444" }),
      await charge({ ...order, amount: { amount: 1, currency: "USD" } }),
      await charge({ ...order, amount: { ...order.amount, currency: "EUR" } }),
    ];

    expect(others.map(({ status }) => status)).toEqual([409, 409, 409]);
    expect(others.map(codeOf)).toEqual(Array(3).fill("charge-differs"));
    expect(await takenFor(order)).toBe(129_900);
  });

  test("that is declined takes nothing, and is remembered as declined", async () => {
    const order = givenOrder("visa-0002");

    const answers = [await charge(order), await charge(order)];

    expect(answers.map(({ status }) => status)).toEqual([402, 402]);
    expect(answers.map(codeOf)).toEqual(["card-declined", "card-declined"]);
    expect(codeOf(await charge({ ...order, cardId: "visa-4242" }))).toBe("charge-differs");
    expect((await find(order)).body).toMatchObject({ state: "declined", refusal: "card-declined" });
    expect(await takenFor(order)).toBe(0);
  });

  const limits: [number, string, number][] = [
    [5_000, "USD", 201],
    [5_001, "USD", 402],
    [70_000, "KRW", 201],
    [70_001, "KRW", 402],
    [1, "CHF", 402],
  ];
  test.each(limits)("of %d %s with the card of low limit answers %d", async (amount, currency, status) => {
    const order = givenOrder("visa-9995", amount, currency);

    const answer = await charge(order);

    expect(answer.status).toBe(status);
    if (status === 402) expect(codeOf(answer)).toBe("insufficient-funds");
    expect(await takenFor(order)).toBe(status === 201 ? amount : 0);
  });

  test("with the slow card is taken, after a while", async () => {
    expect((await charge(givenOrder("mastercard-3220"))).body.state).toBe("captured");
  });

  test("is found by its order; another order has none", async () => {
    expect((await find(givenOrder("visa-4242"))).status).toBe(404);
  });
});
