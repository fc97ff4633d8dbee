import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, jest, test } from "@jest/globals";
import { createTestDatabase, keep, startProcess, stopAll, type TestDatabase } from "@mall/kit/testing";
import request from "supertest";
import { migrations } from "../src/migrations/migrations.ts";
import { anEvent } from "./order-events.ts";

// Whole processes are started here.
jest.setTimeout(30_000);

const main = join(import.meta.dirname, "../src/main.ts");
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase("info", migrations);
});
afterEach(stopAll);
afterAll(() => database.drop());

const start = () =>
  keep(
    startProcess(main, {
      DATABASE_URL: database.url,
      SHIPPING_URL: "http://127.0.0.1:9",
      LOG_LEVEL: "trace",
    }),
  );

test("killed amid a stream of events, it has counted each that is delivered until it is taken, once", async () => {
  const events = Array.from({ length: 40 }, () => anEvent({ total: 100, quantities: [2] }));
  const first = await start();
  const deliveries = events.map((event) =>
    request(first.url)
      .post("/events")
      .send(event)
      .then(
        ({ status }) => status,
        () => "cut off",
      ),
  );
  await Promise.any(deliveries);
  await first.kill();
  await Promise.all(deliveries);

  const second = await start();
  for (const event of events) await request(second.url).post("/events").send(event).expect(202);

  const { body } = await request(second.url).get("/stats");
  expect(body).toMatchObject({
    orders: { confirmed: 40, cancelled: 0 },
    productsSold: 80,
    revenue: [{ amount: 4_000, currency: "USD" }],
  });
});

test("no log line and no metric knows who the buyer is, whatever goes wrong", async () => {
  const service = await start();
  const post = (event: object) => request(service.url).post("/events").send(event);
  const event = anEvent();
  await post(event).expect(202);
  await post({ ...event, type: "order.shipped" }).expect(422);
  await database.query("alter table currency_totals rename to mislaid");
  await post(anEvent()).expect(500);
  await database.query("alter table mislaid rename to currency_totals");
  await request(service.url).get("/stats").expect(200);

  const { text: metrics } = await request(service.url).get("/metrics").buffer(true);
  await service.stop();
  const logs = service.output();

  expect(logs).toContain('"route":"/events"');
  expect(logs).toContain("statistics are shown without shipments");
  expect(logs).toContain("currency_totals");
  expect(metrics).toContain('mall_orders_total{state="confirmed"');
  for (const exported of [logs, metrics]) expect(exported).not.toMatch(/private\.example|secret|zyxwvut/i);
});
