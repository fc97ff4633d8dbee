import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { faultFile } from "@mall/kit";
import { eventually, type ServiceUnderTest, startForTest } from "@mall/kit/testing";
import request from "supertest";
import { info } from "../src/app.ts";
import { aCancellation, anEvent } from "./order-events.ts";

// Nobody listens there: these stories are about what the shop has counted itself.
const noShipping = { SHIPPING_URL: "http://127.0.0.1:9" };
let shop: ServiceUnderTest;

beforeAll(async () => {
  shop = await startForTest(info, noShipping);
});
beforeEach(() => shop.database.query("truncate counted_events, currency_totals"));
afterAll(() => shop.stop());

const api = () => request(shop.url);
const deliver = (event: object) => api().post("/events").send(event);
const stats = async () => (await api().get("/stats").expect(200)).body;
/** The business metrics' samples, without the label that all metrics share. */
async function samples(): Promise<string[]> {
  const { text } = await api().get("/metrics").buffer(true);
  return text
    .split("\n")
    .filter((line) => line.startsWith("mall_"))
    .map((line) => line.replace(/,?service="info"/, "").replace("{}", ""));
}

const nothingSold = {
  orders: { confirmed: 0, cancelled: 0 },
  productsSold: 0,
  revenue: [],
  averageOrderValue: [],
};

describe("the statistics", () => {
  test("of a shop that has just opened are zero, and known to be so", async () => {
    expect(await stats()).toEqual({ ...nothingSold, shipments: null, since: expect.any(String) });
    expect(await samples()).toEqual([
      'mall_orders_total{state="confirmed"} 0',
      'mall_orders_total{state="cancelled"} 0',
      "mall_products_sold_total 0",
    ]);
  });

  test("count orders, products and revenue, each currency for itself, and averages rounded half-even", async () => {
    await deliver(anEvent({ currency: "USD", total: 10_000, quantities: [2, 1] })).expect(202);
    await deliver(anEvent({ currency: "USD", total: 10_001, quantities: [4] })).expect(202);
    await deliver(anEvent({ currency: "KRW", total: 1_799_374, quantities: [1] })).expect(202);
    await deliver(aCancellation({ currency: "EUR", total: 500, quantities: [9] })).expect(202);

    const found = await stats();

    expect(found.orders).toEqual({ confirmed: 3, cancelled: 1 });
    expect(found.productsSold).toBe(8);
    expect(found.revenue).toEqual([
      { amount: 1_799_374, currency: "KRW" },
      { amount: 20_001, currency: "USD" },
    ]);
    expect(found.averageOrderValue).toEqual([
      { amount: 1_799_374, currency: "KRW" },
      { amount: 10_000, currency: "USD" },
    ]);
    expect(await samples()).toEqual([
      'mall_orders_total{state="confirmed"} 3',
      'mall_orders_total{state="cancelled"} 1',
      "mall_products_sold_total 8",
      'mall_revenue_minor_units_total{currency="KRW"} 1799374',
      'mall_revenue_minor_units_total{currency="USD"} 20001',
      'mall_average_order_value_minor_units{currency="KRW"} 1799374',
      'mall_average_order_value_minor_units{currency="USD"} 10000',
    ]);
  });

  test("are scraped as OpenMetrics, typed, and the same at every scrape", async () => {
    await deliver(anEvent()).expect(202);

    const [first, second] = [await samples(), await samples()];
    const { text, headers } = await api().get("/metrics").buffer(true);

    expect(second).toEqual(first);
    expect(headers["content-type"]).toContain("application/openmetrics-text; version=1.0.0");
    expect(text).toContain("# TYPE mall_orders counter\n");
    expect(text).toContain("# TYPE mall_revenue_minor_units counter\n");
    expect(text).toContain("# TYPE mall_average_order_value_minor_units gauge\n");
    expect(text.endsWith("\n# EOF\n")).toBe(true);
  });

  test("survive a restart", async () => {
    await deliver(anEvent({ total: 777, quantities: [3] })).expect(202);
    const before = { stats: await stats(), samples: await samples() };

    const restarted = await startForTest(info, { ...noShipping, DATABASE_URL: shop.database.url });
    const after = (await request(restarted.url).get("/stats")).body;
    const { text } = await request(restarted.url).get("/metrics").buffer(true);
    await restarted.stop();

    expect(after).toEqual(before.stats);
    expect(text).toContain('mall_revenue_minor_units_total{currency="USD",service="info"} 777\n');
  });

  test("begin again after a reset, which a late repetition of an old event does not undo", async () => {
    const old = anEvent({ total: 500 });
    await deliver(old).expect(202);
    const { since } = await stats();

    const reset = await api().post("/stats/reset").expect(200);
    const repeated = await deliver(old);
    await deliver(anEvent({ total: 42, quantities: [2] })).expect(202);

    expect(reset.body).toMatchObject(nothingSold);
    expect(Date.parse(reset.body.since)).toBeGreaterThan(Date.parse(since));
    expect(repeated.body.duplicate).toBe(true);
    expect(await stats()).toMatchObject({
      orders: { confirmed: 1, cancelled: 0 },
      productsSold: 2,
      revenue: [{ amount: 42, currency: "USD" }],
      since: reset.body.since,
    });
    expect(await samples()).toContain('mall_revenue_minor_units_total{currency="USD"} 42');
  });

  test("can be read however large the revenue grows", async () => {
    const most = { currency: "KRW", total: Number.MAX_SAFE_INTEGER };
    await deliver(anEvent(most)).expect(202);
    await deliver(anEvent(most)).expect(202);

    expect((await stats()).revenue).toEqual([{ amount: Number.MAX_SAFE_INTEGER, currency: "KRW" }]);
  });
});

describe("an event", () => {
  test("delivered five times, one after the other and at once, counts once", async () => {
    const [slow, fast] = [anEvent({ total: 100 }), anEvent({ total: 30 })];

    const inTurn = [];
    for (let times = 0; times < 5; times++) inTurn.push((await deliver(slow)).body);
    const atOnce = await Promise.all(Array.from({ length: 5 }, () => deliver(fast)));

    expect(inTurn[0]).toEqual({ id: slow.id, duplicate: false });
    expect(inTurn.slice(1)).toEqual(Array.from({ length: 4 }, () => ({ id: slow.id, duplicate: true })));
    expect(atOnce.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    expect(atOnce.filter(({ body }) => !body.duplicate)).toHaveLength(1);
    expect(await stats()).toMatchObject({
      orders: { confirmed: 2 },
      revenue: [{ amount: 130, currency: "USD" }],
    });
  });

  test("is not lost among many that come at once", async () => {
    const events = Array.from({ length: 60 }, (_, index) =>
      anEvent({ currency: index % 2 ? "USD" : "JPY", total: 10, quantities: [1, 1] }),
    );

    const answers = await Promise.all(events.map((event) => deliver(event)));

    expect(answers.every(({ status }) => status === 202)).toBe(true);
    expect(await stats()).toMatchObject({
      orders: { confirmed: 60 },
      productsSold: 120,
      revenue: [
        { amount: 300, currency: "JPY" },
        { amount: 300, currency: "USD" },
      ],
    });
  });

  test("is counted before or after a reset that happens at the same time, never halfway", async () => {
    const events = Array.from({ length: 20 }, () => anEvent({ total: 10, quantities: [3] }));

    await Promise.all([
      ...events.map((event) => deliver(event).expect(202)),
      api().post("/stats/reset").expect(200),
    ]);

    const { orders, productsSold, revenue } = await stats();
    expect(productsSold).toBe(orders.confirmed * 3);
    expect(revenue[0]?.amount ?? 0).toBe(orders.confirmed * 10);
  });

  test("refused while the fault drop-event is on is counted when it comes again later", async () => {
    const folder = await mkdtemp(join(tmpdir(), "mall-faults-"));
    const file = join(folder, "flags.json");
    const flags = faultFile([{ name: "info", database: true, consumesEvents: true }]);
    const switchDropEvent = (defaultVariant: "on" | "off") => {
      flags.flags["info.drop-event"].defaultVariant = defaultVariant;
      return writeFile(file, JSON.stringify(flags));
    };
    await switchDropEvent("on");
    const faulty = await startForTest(info, { ...noShipping, FAULTS_FILE: file });
    const event = anEvent();
    const post = () => request(faulty.url).post("/events").send(event);

    const refused = await post();
    const meanwhile = (await request(faulty.url).get("/stats")).body;
    await switchDropEvent("off");
    const taken = await eventually(async () => {
      const answer = await post();
      expect(answer.status).toBe(202);
      return answer;
    });

    expect(refused.status).toBe(503);
    expect(meanwhile.orders.confirmed).toBe(0);
    expect(taken.body).toEqual({ id: event.id, duplicate: false });
    await faulty.stop();
    await rm(folder, { recursive: true });
  });

  test("leaves neither name nor address behind in the database", async () => {
    await deliver(anEvent()).expect(202);

    const rows = await shop.database.query("select * from counted_events, currency_totals, period");

    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toMatch(/secret|private/i);
  });
});

test("with its database gone, the process's own metrics can still be scraped, and the shop's stay as they were", async () => {
  await deliver(anEvent({ total: 5 })).expect(202);
  await samples();
  await shop.database.query("alter table period rename to mislaid");

  const found = await samples();
  const { text } = await api().get("/metrics").buffer(true);

  expect(found).toContain('mall_revenue_minor_units_total{currency="USD"} 5');
  expect(text).toContain("process_cpu_seconds_total");
  await shop.database.query("alter table mislaid rename to period");
});

test("the service describes its endpoints, and a reset is no GET", async () => {
  const { body } = await api().get("/openapi.json").expect(200);

  expect(Object.keys(body.paths)).toEqual(["/events", "/stats", "/stats/reset"]);
  expect((await api().get("/stats/reset")).status).toBe(405);
});
