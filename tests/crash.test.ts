import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { eventually } from "@mall/kit/testing";
import { startMall } from "@mall/launcher";
import { runTraffic } from "@mall/loadgenerator";
import { readBooks } from "./support/books.ts";
import { type HeldWrite, holdWrites } from "./support/held-writes.ts";
import { expectLedgerToBalance, readOpeningStock } from "./support/ledger.ts";
import { orderPatiently, type PlacedOrder } from "./support/patient-buyer.ts";
import { serviceQuery } from "./support/service-query.ts";
import { projectRoot, startWholeMall, type WholeMall } from "./support/whole-mall.ts";

let mall: WholeMall;
let openingStock: Map<string, number>;
/** Products of which no test runs out. */
let plentiful: string[];
/** Every order that somebody was told of, over all tests. */
const acknowledged: string[] = [];

beforeAll(async () => {
  mall = await startWholeMall({ SAGA_LEASE_MS: "1000" });
  const restocked = await mall.query<{ id: string }>(
    "product",
    "update products set available = 100_000 where position < 5 returning id",
  );
  plentiful = restocked.map(({ id }) => id);
  openingStock = await readOpeningStock(mall);
}, 90_000);
afterAll(() => mall.stop());

const ledgerBalances = () => expectLedgerToBalance(mall, { openingStock, acknowledged });

async function buy(order: object, key?: string): Promise<PlacedOrder> {
  const placed = await orderPatiently(mall, order, key === undefined ? {} : { key });
  if (placed.orderId) acknowledged.push(placed.orderId);
  return placed;
}

const lineOf = (quantity: number, product = 0) => ({
  line: { productId: plentiful[product] ?? "", quantity },
});

/** Kills a service and resolves when its process is gone, whether or not the next one is there already. */
async function kill(name: string): Promise<void> {
  const service = mall.service(name);
  const { pid } = service;
  expect(pid).toBeDefined();
  service.kill();
  await eventually(() => expect(service.pid).not.toBe(pid));
}

describe("checkout killed in the middle of orders, one at each point of the saga", () => {
  interface CrashPoint {
    name: string;
    /** What the database says of the order at the moment of the crash. */
    remembered: string;
    order: { line: { quantity: number }; cardId?: string };
    key: string;
    hold: Parameters<typeof holdWrites>[1];
  }

  // Neither card nor quantity is used by another order of this test: by them the other services' writes are known.
  const ownCard = "amex-0005";
  const reserving = (quantity: number) => `(new.lines -> 0 ->> 'quantity')::int = ${quantity}`;
  const shipping = (quantity: number) => `(new.items -> 0 ->> 'quantity')::int = ${quantity}`;

  /** The step to this state has taken effect, and its memory is under way. */
  const unremembered = (state: string, remembered: string, quantity: number): CrashPoint => {
    const key = `${state}-${randomUUID()}`;
    const when = `new.idempotency_key = '${key}' and new.state = '${state}'`;
    const hold = { service: "checkout", table: "orders", on: "update" as const, when };
    return { name: `${state}, not remembered`, remembered, order: lineOf(quantity), key, hold };
  };

  /** The state is remembered, and the next step has not taken effect. */
  const remembered = (state: string, order: CrashPoint["order"], hold: CrashPoint["hold"]): CrashPoint => ({
    name: `${state}, remembered`,
    remembered: state,
    order,
    key: `${state}-${randomUUID()}`,
    hold,
  });

  function crashPoints(): CrashPoint[] {
    const answered = remembered("confirmed", lineOf(9), {
      service: "checkout",
      table: "idempotency_keys",
      on: "update",
      when: "false",
    });
    answered.hold = { ...answered.hold, when: `new.key = '${answered.key}' and new.body is not null` };
    return [
      remembered("pending", lineOf(1), {
        service: "product",
        table: "reservations",
        on: "insert",
        when: reserving(1),
      }),
      unremembered("reserved", "pending", 2),
      remembered(
        "reserved",
        { ...lineOf(3), cardId: ownCard },
        {
          service: "purchase",
          table: "charges",
          on: "insert",
          when: `new.card_id = '${ownCard}'`,
        },
      ),
      unremembered("charged", "reserved", 4),
      remembered("charged", lineOf(5), {
        service: "shipping",
        table: "shipments",
        on: "insert",
        when: shipping(5),
      }),
      unremembered("shipped", "charged", 6),
      remembered("shipped", lineOf(7), {
        service: "product",
        table: "reservations",
        on: "update",
        when: reserving(7),
      }),
      unremembered("confirmed", "shipped", 8),
      answered,
    ];
  }

  const points: CrashPoint[] = [];
  let stateAtCrash: Map<string, string>;
  let answers: PlacedOrder[];
  let held: HeldWrite[];

  beforeAll(async () => {
    points.push(...crashPoints());
    held = await Promise.all(points.map(({ hold }) => holdWrites(mall, hold)));
    const buying = Promise.all(points.map(({ order, key }) => buy(order, key)));
    buying.catch(() => {}); // Awaited below; until then a failure to get there is the better reason.
    await Promise.all(held.map((each) => each.reached()));
    stateAtCrash = await statesByKey();

    await kill("checkout");
    await Promise.all(held.map((each) => each.lift()));
    answers = await buying;
  }, 60_000);

  async function statesByKey(): Promise<Map<string, string>> {
    const rows = await mall.query<{ key: string; state: string }>(
      "checkout",
      "select idempotency_key as key, state from orders",
    );
    return new Map(rows.map(({ key, state }) => [key, state]));
  }

  test("finds every order where the test wants it", () => {
    const found = points.map(({ name, key }) => `${name}: ${stateAtCrash.get(key)}`);
    expect(found).toEqual(points.map(({ name, remembered: state }) => `${name}: ${state}`));
  });

  test("costs no buyer their answer: repeated with the same key, each is told of one order", () => {
    const told = points.map(({ name }, at) => ({ name, ...answers[at] }));
    expect(told.filter(({ status, attempts = 0 }) => status !== 201 || attempts < 2)).toEqual([]);
    expect(new Set(answers.map(({ orderId }) => orderId)).size).toBe(points.length);
  });

  test("ends with every order confirmed once, and the same key still answers the same", async () => {
    await ledgerBalances();
    const states = await statesByKey();
    expect(points.map(({ key }) => states.get(key))).toEqual(points.map(() => "confirmed"));
    for (const [at, { order, key }] of points.entries()) {
      expect((await buy(order, key)).text).toBe(answers[at]?.text);
    }
    await ledgerBalances();
  });
});

describe("under light traffic", () => {
  const everyMs = 900;
  const pauseMs = 100;

  /** Shoppers in the storefront, and buyers who order without a pause, until `work` is done. */
  async function amidOrders(work: () => Promise<void>): Promise<void> {
    const closing = new AbortController();
    const shopping = runTraffic({
      url: mall.url("frontend"),
      rate: 4,
      durationMs: 60_000,
      seed: 11,
      signal: closing.signal,
    });
    const buyers = Array.from({ length: 3 }, async (_, buyer) => {
      while (!closing.signal.aborted) {
        await buy(lineOf(1, buyer + 1));
        await sleep(pauseMs);
      }
    });
    try {
      await work();
    } finally {
      closing.abort();
    }
    await Promise.all([...buyers, shopping]);
  }

  /** Resolves while an order is on its way. */
  const someOrderOpen = () =>
    eventually(async () => {
      const open = await mall.query(
        "checkout",
        "select id from orders where state not in ('confirmed', 'cancelled')",
      );
      expect(open).not.toEqual([]);
    });

  async function servesAgain(): Promise<void> {
    await mall.waitUntilReady();
    expect((await fetch(mall.url("frontend"))).status).toBe(200);
    const { status, text } = await buy(lineOf(1));
    expect(`${status} ${text}`).toMatch(/^201 .*"state":"confirmed"/);
  }

  test("purchase, product, shipping and cart are killed, one after the other: the ledger balances", async () => {
    await amidOrders(async () => {
      for (const name of ["purchase", "product", "shipping", "cart"]) {
        await someOrderOpen();
        await kill(name);
        await sleep(everyMs);
      }
    });

    await servesAgain();
    await ledgerBalances();
  }, 60_000);

  test("PostgreSQL is killed: the ledger balances", async () => {
    await amidOrders(async () => {
      await sleep(everyMs);
      await someOrderOpen();
      await mall.database.kill();
      await sleep(2 * everyMs);
    });

    await eventually(servesAgain, 20_000);
    await ledgerBalances();
  }, 60_000);
});

test("email and info are away while orders end: afterwards each has heard of each order, once", async () => {
  const consumers = ["email", "info"].map((name) => mall.service(name));
  for (const consumer of consumers) {
    consumer.kill(); // Without a chance to finish what it has begun.
    await consumer.stop();
  }

  const placed = await Promise.all([
    ...[1, 2, 3, 4].map((product) => buy(lineOf(1, product))),
    buy({ ...lineOf(1), cardId: "visa-0002" }),
  ]);
  expect(placed.map(({ status }) => status)).toEqual([201, 201, 201, 201, 402]);
  expect((await readBooks(mall)).undelivered).toBeGreaterThanOrEqual(2 * placed.length);
  await Promise.all(consumers.map((consumer) => consumer.start()));

  await ledgerBalances();
});

test("everything is killed at once: the next start has yesterday's orders, and finishes what was open", async () => {
  const before = await readBooks(mall);
  const held = await holdWrites(mall, {
    service: "shipping",
    table: "shipments",
    on: "insert",
    when: "true",
  });
  const unanswered = Array.from({ length: 3 }, () => orderPatiently(mall, lineOf(1), { patienceMs: 1 }));
  await held.reached();
  await Promise.all([mall.stopNow(), held.lift().catch(() => {}), Promise.allSettled(unanswered)]);

  const again = await startMall({ root: projectRoot, stateDir: mall.stateDir, ports: "free" });
  try {
    await again.waitUntilReady(60_000);
    const tomorrow = { query: serviceQuery(again) };
    await expectLedgerToBalance(tomorrow, { openingStock, acknowledged });
    const { orders } = await readBooks(tomorrow);
    expect(orders).toEqual(expect.arrayContaining(before.orders));
    expect(orders.length).toBeGreaterThan(before.orders.length);
  } finally {
    await again.stop();
  }
}, 90_000);
