import { randomUUID } from "node:crypto";
import { cart } from "@mall/cart";
import { currency } from "@mall/currency";
import { email } from "@mall/email";
import { info } from "@mall/info";
import { type ServiceUnderTest, startForTest } from "@mall/kit/testing";
import { product } from "@mall/product";
import { purchase } from "@mall/purchase";
import { shipping } from "@mall/shipping";
import request from "supertest";
import { checkout } from "../../src/app.ts";

/** Checkout with everything that it calls, all in this process and all for real. */
export async function startMall(settings: Readonly<Record<string, string>> = {}) {
  const products = await startForTest(product);
  const PRODUCT_URL = products.url;
  const [carts, currencies, cards, parcels, mails] = await Promise.all([
    startForTest(cart, { PRODUCT_URL }),
    startForTest(currency),
    startForTest(purchase),
    startForTest(shipping, { PRODUCT_URL }),
    startForTest(email),
  ]);
  const statistics = await startForTest(info, { SHIPPING_URL: parcels.url });
  const addresses = {
    PRODUCT_URL,
    CART_URL: carts.url,
    CURRENCY_URL: currencies.url,
    PURCHASE_URL: cards.url,
    SHIPPING_URL: parcels.url,
    EMAIL_URL: mails.url,
    INFO_URL: statistics.url,
  };
  const orders = await startForTest(checkout, { SAGA_LEASE_MS: "1000", ...addresses, ...settings });
  const all: ServiceUnderTest[] = [orders, statistics, mails, parcels, cards, currencies, carts, products];

  return {
    products,
    carts,
    cards,
    parcels,
    mails,
    statistics,
    orders,
    addresses,

    async stop() {
      for (const service of all) await service.stop();
    },

    /** A product of the catalogue with this stock. */
    async givenProduct({ stock, position = 0 }: { stock: number; position?: number }): Promise<string> {
      const [row] = await products.database.query<{ id: string }>(
        "update products set available = $1 where position = $2 returning id",
        [stock, position],
      );
      return row?.id ?? "";
    },

    async givenCartWith(lines: Readonly<Record<string, number>>): Promise<string> {
      const cartId = `cart-${randomUUID()}`;
      const items = Object.entries(lines).map(([productId, quantity]) => ({ productId, quantity }));
      await request(carts.url).post(`/carts/${cartId}/items`).send({ items }).expect(200);
      return cartId;
    },

    placeOrder: (body: object, key: string = randomUUID()) =>
      request(orders.url).post("/orders").set("Idempotency-Key", key).send(body),

    stockOf: async (id: string): Promise<number> =>
      (await request(products.url).get(`/products/${id}`)).body.stock,

    mailsOf: async (orderId: string): Promise<{ template: string }[]> =>
      (await request(mails.url).get("/emails").query({ orderId })).body.items,

    orderOf: async (id: string) => (await request(orders.url).get(`/orders/${id}`)).body,

    /** How many attempts to order have had this outcome, by checkout's own metric. */
    checkoutsThat: async (outcome: string): Promise<number> => {
      const text = await (await fetch(`${orders.url}/metrics`)).text();
      const line = new RegExp(`^mall_checkouts_total\\{[^}]*outcome="${outcome}"[^}]*\\} (\\d+)`, "m").exec(
        text,
      );
      return Number(line?.[1]);
    },

    chargesInState: async (state: string): Promise<number> => {
      const [row] = await cards.database.query<{ count: string }>(
        "select count(*) from charges where state = $1",
        [state],
      );
      return Number(row?.count);
    },
  };
}

export type TestMall = Awaited<ReturnType<typeof startMall>>;

/** Who buys, unless a test says otherwise: an honest shopper in Seoul with a card that works. */
export const shopper = {
  cardId: "visa-4242",
  currency: "USD",
  locale: "en",
  email: "jiwoo.han@example.com",
  address: { name: "Jiwoo Han", line1: "12 Sejong-daero", city: "Seoul", postalCode: "04524", country: "KR" },
};
