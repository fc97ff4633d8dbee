import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { eventually, type ServiceUnderTest, startForTest } from "@mall/kit/testing";
import { purchase } from "../src/app.ts";
import { codeOf, createShopper, givenOrder, type Order } from "./shopper.ts";

let service: ServiceUnderTest;

beforeAll(async () => {
  service = await startForTest(purchase, { ACQUIRER_TIMEOUT_MS: "2000" });
});
afterAll(() => service.stop());

const { charge, find, impatientCharge, refund, takenFor } = createShopper(() => service);

const holdingRowOf = async <T>({ orderId }: Order, work: () => Promise<T>): Promise<T> => {
  await service.database.query("begin");
  try {
    await service.database.query("select 1 from charges where order_id = $1 for update", [orderId]);
    return await work();
  } finally {
    await service.database.query("commit");
  }
};
const waitingForLocks = async (): Promise<number> => {
  await service.database.query("select pg_stat_clear_snapshot()");
  const waiting = await service.database.query(
    "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return waiting.length;
};

describe("a refund", () => {
  test("gives the money back once, however often it is asked, and the order cannot be charged again", async () => {
    const order = givenOrder("visa-4242");
    await charge(order);

    const answers = await Promise.all(Array.from({ length: 10 }, () => refund(order)));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.state))).toEqual(new Set(["refunded"]));
    expect(await takenFor(order)).toBe(0);
    expect(codeOf(await charge(order))).toBe("charge-closed");
    expect(await takenFor(order)).toBe(0);
  });

  test("of an order that was never charged is remembered, so that a late charge takes nothing", async () => {
    const order = givenOrder("visa-4242");

    const [first, again] = [await refund(order), await refund(order)];
    const late = await charge(order);

    expect(first.body).toMatchObject({ id: order.orderId, state: "voided", cardId: null, amount: null });
    expect(again.body).toEqual(first.body);
    expect(late.status).toBe(409);
    expect(codeOf(late)).toBe("charge-closed");
    expect(await takenFor(order)).toBe(0);
  });

  test("of a declined charge leaves it declined", async () => {
    const order = givenOrder("visa-0002");
    await charge(order);

    expect((await refund(order)).body).toMatchObject({ state: "declined", refusal: "card-declined" });
  });

  test("while the acquirer still thinks about the charge wins: the money is not taken afterwards", async () => {
    const order = givenOrder("mastercard-3220");
    const underWay = charge(order).then((answer) => answer);
    await eventually(async () => expect((await find(order)).body.state).toBe("pending"));

    const refunded = await refund(order);
    const late = await underWay;

    expect(refunded.body.state).toBe("voided");
    expect(late.status).toBe(409);
    expect(codeOf(late)).toBe("charge-closed");
    expect(await takenFor(order)).toBe(0);
  });

  test("that begins just before the charge writes down its capture wins, and gives the money back", async () => {
    const order = givenOrder("mastercard-3220");
    const underWay = charge(order).then((answer) => answer);
    await eventually(async () => expect((await find(order)).body.state).toBe("pending"));

    // Both have to wait for the charge's row, and get it in the order in which they came.
    const { refunded } = await holdingRowOf(order, async () => {
      const asked = refund(order).then((answer) => answer);
      await eventually(async () => expect(await waitingForLocks()).toBe(1));
      await eventually(async () => expect(await waitingForLocks()).toBe(2));
      return { refunded: asked };
    });

    expect((await refunded).body.state).toBe("refunded");
    expect(codeOf(await underWay)).toBe("charge-closed");
    expect((await find(order)).body.state).toBe("refunded");
    expect(await takenFor(order)).toBe(0);
  });

  test("that was cut off after the acquirer was asked is completed by asking again", async () => {
    const order = givenOrder("visa-4242");
    await charge(order);
    await service.database.query("update charges set state = 'reversing' where order_id = $1", [
      order.orderId,
    ]);

    const completed = await refund(order);

    expect(completed.body.state).toBe("refunded");
    expect(await takenFor(order)).toBe(0);
  });
});

// Every fifth order is only charged; the others are refunded before, between or after two charges.
const isRefunded = (index: number) => index % 5 > 0;

test("after a storm of charges and refunds of the same orders, the acquirer's ledger agrees with the charges", async () => {
  const cardIds = ["visa-4242", "mastercard-3220", "jcb-0505", "visa-0002"];
  const orders = Array.from({ length: 40 }, (_, index) => givenOrder(cardIds[index % 4] ?? "", 100 + index));
  await Promise.all(
    orders.flatMap((order, index) => {
      const asks = [() => impatientCharge(order), () => impatientCharge(order)];
      if (isRefunded(index)) asks.splice(index % 3, 0, () => refund(order));
      return asks.map(async (ask) => (await ask()).status);
    }),
  );
  // Nobody knows all the answers, so everybody asks again.
  await Promise.all(
    orders.map(async (order, index) => (await (isRefunded(index) ? refund(order) : charge(order))).status),
  );

  const rows = await service.database.query<{ state: string; amount: string }>(
    "select state, amount from charges where order_id = any($1)",
    [orders.map(({ orderId }) => orderId)],
  );
  const captured = rows.filter(({ state }) => state === "captured");
  const unfinished = rows.filter(({ state }) => state === "pending" || state === "reversing");
  expect(await takenFor(...orders)).toBe(captured.reduce((sum, { amount }) => sum + Number(amount), 0));
  // Of the eight that are only charged, the two with the declined card were not taken.
  expect(captured).toHaveLength(6);
  expect(unfinished).toEqual([]);
});
