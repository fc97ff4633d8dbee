import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "@jest/globals";
import { keep, startForTest, stopAll } from "@mall/kit/testing";
import { product } from "@mall/product";
import { shipping } from "@mall/shipping";
import request from "supertest";
import { info } from "../src/app.ts";
import { anEvent } from "./order-events.ts";

afterEach(stopAll);

test("the shipments that shipping has booked are a part of the statistics, whatever is reset here", async () => {
  const products = await keep(startForTest(product));
  const shipments = await keep(startForTest(shipping, { PRODUCT_URL: products.url }));
  const shop = await keep(startForTest(info, { SHIPPING_URL: shipments.url }));
  const { body: catalogue } = await request(products.url).get("/products?limit=1");
  const destination = { name: "Ada", line1: "1 Main St", city: "Reno", postalCode: "89501", country: "US" };

  const before = (await request(shop.url).get("/stats")).body;
  const { body: booked } = await request(shipments.url)
    .put(`/shipments/${randomUUID()}`)
    .send({ items: [{ productId: catalogue.items[0].id, quantity: 2 }], destination })
    .expect(200);
  const after = (await request(shop.url).get("/stats")).body;
  const reset = (await request(shop.url).post("/stats/reset")).body;

  expect(before.shipments).toEqual({ count: 0, total: { amount: 0, currency: "USD" } });
  expect(after.shipments).toEqual({ count: 1, total: booked.price });
  expect(reset.shipments).toEqual(after.shipments);
});

test("while shipping is down, the statistics are shown without shipments", async () => {
  const shop = await keep(startForTest(info, { SHIPPING_URL: "http://127.0.0.1:9" }));
  await request(shop.url)
    .post("/events")
    .send(anEvent({ total: 5 }))
    .expect(202);

  const { status, body } = await request(shop.url).get("/stats");

  expect(status).toBe(200);
  expect(body.shipments).toBeNull();
  expect(body.revenue).toEqual([{ amount: 5, currency: "USD" }]);
});

test("while shipping hangs, the statistics come without shipments and within their deadline", async () => {
  const silent = await keep(startSilentServer());
  const shop = await keep(startForTest(info, { SHIPPING_URL: silent.url }));

  const start = performance.now();
  const { status, body } = await request(shop.url).get("/stats");

  expect(status).toBe(200);
  expect(body.shipments).toBeNull();
  expect(performance.now() - start).toBeLessThan(4_500);
});

/** Takes requests and never answers them. */
async function startSilentServer() {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
