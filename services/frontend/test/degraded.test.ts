import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { ServiceUnderTest } from "@mall/kit/testing";
import { textOf } from "./html.ts";
import { type Mall, type ServiceName, startMall } from "./mall.ts";
import { givenShopper } from "./shopper.ts";

let mall: Mall;
beforeAll(async () => {
  mall = await startMall();
}, 30_000);
afterAll(() => mall.stop());

describe("with everything down that a page can do without", () => {
  let shop: ServiceUnderTest;
  beforeAll(async () => {
    shop = await mall.shopWithout("ad", "info", "search", "currency", "shipping");
  });
  afterAll(() => shop.stop());

  test.each([
    ["/", "The shop's figures cannot be shown"],
    ["/", "There is no advertisement to show"],
    ["/products/record-player", "The cost of delivery cannot be estimated"],
    ["/search?q=lamp", "Search is taking a break"],
    ["/categories/audio", "Belt-drive record player"],
    ["/cart", "Your cart is empty"],
  ])("%s is shown, and says: %s", async (path, said) => {
    const page = await givenShopper(shop).open(path);

    expect(page.status).toBe(200);
    expect(textOf(page.text)).toContain(said);
  });

  test("prices are in the catalogue's currency, and the page says so", async () => {
    const shopper = givenShopper(shop);
    await shopper.send("/preferences", { currency: "KRW" });

    const page = await shopper.open("/products/record-player");

    expect(page.text).toContain('value="34900 USD"');
    expect(page.text).toContain('data-testid="prices-unconverted"');
  });

  test("suggestions are none, and an advertisement that can't be counted still leads to its product", async () => {
    const shopper = givenShopper(shop);

    expect((await shopper.open("/suggest?q=la")).body).toEqual({ items: [] });
    const click = await shopper.send("/ads/any/clicks", { product: "record-player" });
    expect(click.headers["location"]).toBe("/products/record-player");
  });
});

describe("without what a page can't do without", () => {
  test.each<[ServiceName, string]>([
    ["product", "/"],
    ["product", "/categories/audio"],
    ["product", "/products/record-player"],
    ["cart", "/cart"],
    ["checkout", "/checkout"],
    ["checkout", "/orders"],
    ["checkout", "/buy-now/record-player"],
  ])("(%s) %s is an error page of the shop that says when to come back", async (unreachable, path) => {
    const whole = givenShopper(mall.shop);
    await whole.add("record-player");
    const shop = await mall.shopWithout(unreachable);

    const page = await whole.at(shop).open(path);

    expect(page.status).toBe(503);
    expect(page.headers["retry-after"]).toBeDefined();
    expect(page.text).toContain('data-testid="error"');
    expect(textOf(page.text)).toContain("The shop cannot answer right now");
    await shop.stop();
  });

  test("(purchase) checkout shows the total, and no button that could not work", async () => {
    const shop = await mall.shopWithout("purchase");

    const page = await givenShopper(shop).open("/buy-now/record-player");

    expect(page.status).toBe(200);
    expect(textOf(page.text)).toContain("The cards cannot be shown right now");
    expect(page.text).toContain('data-testid="total"');
    expect(page.text).not.toContain('data-testid="place-order"');
    await shop.stop();
  });
});

test("what never answers does not hold a page up", async () => {
  const silent = createServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  const nothing = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const shop = await mall.anotherShop({
    AD_URL: nothing,
    INFO_URL: nothing,
    CURRENCY_URL: nothing,
    SHIPPING_URL: nothing,
  });
  const shopper = givenShopper(shop);
  await shopper.send("/preferences", { currency: "KRW" });
  const start = performance.now();

  const page = await shopper.open("/products/record-player");

  expect(page.status).toBe(200);
  // Each extra is given 400 ms, all at the same time; the frame's currencies follow after.
  expect(performance.now() - start).toBeLessThan(2_000);
  await shop.stop();
  silent.close();
  silent.closeAllConnections();
});
