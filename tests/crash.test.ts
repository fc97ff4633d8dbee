import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { eventually } from "@mall/kit/testing";
import { startMall } from "@mall/launcher";
import { runTraffic } from "@mall/loadgenerator";
import { readBooks } from "./support/books.ts";
import { type CrashPoint, crashPoints } from "./support/crash-points.ts";
import { type HeldWrite, type HeldWriteOptions, holdWrites } from "./support/held-writes.ts";
import { expectLedgerToBalance } from "./support/expect-ledger.ts";
import { readOpeningStock } from "./support/ledger.ts";
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
  /** The event of a confirmed order has had its effect, but its delivery is not remembered. */
  const eventTaken: HeldWriteOptions = {
    service: "checkout",
    table: "graphile_worker._private_jobs",
    on: "delete",
    when: "true",
  };
  const points: CrashPoint[] = [];
  let stateAtCrash: Map<string, string>;
  let answers: PlacedOrder[];
  let held: HeldWrite[];

  beforeAll(async () => {
    points.push(...crashPoints(plentiful[0] ?? ""));
    held = await Promise.all(
      [...points.map(({ hold }) => hold), eventTaken].map((hold) => holdWrites(mall, hold)),
    );
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
    expect(answers.filter(({ status, attempts }) => status !== 201 || attempts < 2)).toEqual([]);
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
  }, 60_000);

  test("delivers again what was delivered but not remembered, and its second coming is noticed", async () => {
    await eventually(() => {
      const repeated = mall.receiver.spans.filter(
        ({ attributes }) => attributes["mall.event.duplicate"] === true,
      );
      expect(new Set(repeated.map(({ service }) => service))).toEqual(new Set(["email", "info"]));
    });
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
}, 60_000);

test("everything is killed at once: the next start has yesterday's orders, and finishes what was open", async () => {
  const before = await readBooks(mall);
  const held = await holdWrites(mall, {
    service: "shipping",
    table: "shipments",
    on: "insert",
    when: "true",
  });
  const unanswered = Promise.allSettled(
    Array.from({ length: 3 }, () => orderPatiently(mall, lineOf(1), { patienceMs: 1 })),
  );
  await held.reached();
  await Promise.all([mall.stopNow(), held.lift().catch(() => {}), unanswered]);

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
