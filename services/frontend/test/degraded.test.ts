import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { eventually, type ServiceUnderTest } from "@mall/kit/testing";
import { textOf } from "./html.ts";
import { type Mall, nowhere, type ServiceName, startMall, variable } from "./mall.ts";
import { givenShopper, type Shopper } from "./shopper.ts";

const longestMs = 1_500;
const patienceMs = 60_000;

let mall: Mall;
let shopper: Shopper;
let order: string;
/** Takes every request, and never answers. */
let silent: Server;

beforeAll(async () => {
  mall = await startMall();
  silent = createServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  // Somebody of whom every page has something to show.
  shopper = givenShopper(mall.shop);
  await shopper.send("/preferences", { currency: "KRW" });
  order = await shopper.order("/buy-now/moka-pot");
  await shopper.add("record-player");
  await shopper.send("/saved/items", { productId: "f6461a2a-1f96-4b65-8c01-750d4ea20578" });
}, 120_000);
afterAll(async () => {
  silent.close();
  silent.closeAllConnections();
  await mall.stop();
});

const silence = () => `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;

const noCategories = "The categories cannot be shown right now";
const noCatalogue = "The catalogue is not answering";
const noTotal = "The total cannot be worked out right now, so nothing can be ordered";
const inDollars = "Prices are in US dollars for the moment";
const noCarts = "The carts are not answering";
const noOrders = "Checkout and orders are not answering";

/** What each page has to say without a service, and with which status if not 200; pages that need none of it, nothing. */
const said: Record<string, Record<string, [string, number?]>> = {
  product: {
    "/": [noCatalogue, 5],
    "/categories/audio": [noCatalogue, 5],
    "/products/record-player": [noCatalogue, 5],
    "/search?q=lamp": [noCategories],
    "/cart": [noCatalogue, 5],
    "/saved": [noCatalogue, 5],
    "/buy-now/record-player": [noCatalogue, 5],
    "/orders": [noCategories],
    "/profile": [noCategories],
  },
  search: {
    "/categories/audio": ["Sorting and narrowing down are not possible"],
    "/search?q=lamp": ["Search is taking a break"],
  },
  ad: {
    "/": ["There is no advertisement to show"],
    "/products/record-player": ["There is no advertisement to show"],
  },
  info: { "/": ["The shop's figures cannot be shown"] },
  shipping: {
    "/products/record-player": ["The cost of delivery cannot be estimated"],
    "/cart": ["The cost of delivery cannot be estimated"],
  },
  currency: {
    "/": [inDollars],
    "/categories/audio": [inDollars],
    "/products/record-player": [inDollars],
    "/search?q=lamp": [inDollars],
    "/cart": [inDollars],
    "/saved": [inDollars],
    "/checkout": ["Other currencies cannot be shown"],
  },
  purchase: {
    "/checkout": ["The cards cannot be shown right now"],
    "/buy-now/record-player": ["The cards cannot be shown right now"],
  },
  cart: { "/cart": [noCarts, 5], "/saved": [noCarts, 5] },
  checkout: {
    "/checkout": [noTotal, 5],
    "/buy-now/record-player": [noTotal, 5],
    "/orders": [noOrders, 5],
    "an order": [noOrders, 5],
  },
};
const pages = [...new Set(Object.values(said).flatMap((each) => Object.keys(each)))];

describe.each([
  ["is stopped", () => nowhere],
  ["never answers", silence],
])("when a service %s", (_how, address) => {
  // Three at a time: most of it is waiting.
  test.each([
    [["product", "search", "ad"]],
    [["info", "shipping", "currency"]],
    [["purchase", "cart", "checkout"]],
  ] as const)(
    "(%j) every page answers in time and names what is missing",
    async (services) => {
      await Promise.all(services.map((service) => expectHonestPages(service, address())));
    },
    120_000,
  );

  test("that checkout needs, nothing can be ordered, and what was typed stays", async () => {
    const needed = ["cart", "product", "currency", "shipping"] as const;
    await Promise.all(needed.map((service) => expectNoOrders(service, address())));
  }, 120_000);
});

async function expectHonestPages(service: ServiceName, address: string): Promise<void> {
  const shop = await mall.anotherShop({ [variable(service)]: address });
  await Promise.all(
    // On a busy machine everything is late now and then; a shop that is late by itself always is.
    pages.map((page) => eventually(() => expectHonestPage(service, shop, page), patienceMs)),
  );
  await shop.stop();
}

async function expectHonestPage(service: ServiceName, shop: ServiceUnderTest, page: string): Promise<void> {
  const [words, kind = 2] = said[service]?.[page] ?? [""];
  const path = page === "an order" ? `/orders/${order}` : page;
  const start = performance.now();

  const { status, text } = await shopper.at(shop).open(path);

  const inTime = performance.now() - start < longestMs;
  expect([service, page, Math.floor(status / 100), inTime]).toEqual([service, page, kind, true]);
  expect(textOf(text)).toContain(words);
  expect(text).toContain("</html>");
}

async function expectNoOrders(service: ServiceName, address: string): Promise<void> {
  const checkout = await mall.anotherCheckout({ [variable(service)]: address });
  const shop = await mall.anotherShop({ CHECKOUT_URL: checkout.url });
  await eventually(async () => {
    const start = performance.now();

    const page = await shopper.at(shop).send("/checkout", { name: "Mina Park", intent: "update" });

    const inTime = performance.now() - start < longestMs;
    expect([service, page.status, page.headers["retry-after"], inTime]).toEqual([service, 503, "2", true]);
    expect(textOf(page.text)).toContain(noTotal);
    expect(page.text).toContain('value="Mina Park"');
    expect(page.text).not.toContain('data-testid="place-order"');
  }, patienceMs);
  await Promise.all([shop.stop(), checkout.stop()]);
}

test("prices that cannot be converted are in the catalogue's currency", async () => {
  const shop = await mall.shopWithout("currency");

  const page = await shopper.at(shop).open("/products/record-player");

  expect(page.text).toContain('value="34900 USD"');
  expect(page.text).toContain('data-testid="prices-unconverted"');
  await shop.stop();
});

test("suggestions are none, and an advertisement that can't be counted still leads to its product", async () => {
  const shop = await mall.shopWithout("search", "ad");
  const visitor = givenShopper(shop);

  expect((await visitor.open("/suggest?q=la")).body).toEqual({ items: [] });
  const click = await visitor.send("/ads/any/clicks", { product: "record-player" });
  expect(click.headers["location"]).toBe("/products/record-player");
  await shop.stop();
});

test("what is known already is shown for as long as its service is away", async () => {
  const product = mall.service("product");
  await shopper.open("/");
  await product.stop();

  const home = await shopper.open("/");

  expect(home.status).toBe(200);
  expect(home.text).toContain('data-testid="product-card"');
  await mall.start("product");
});
