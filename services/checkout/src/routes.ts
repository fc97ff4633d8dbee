import { Conflict, created, decodeCursor, NotFound, ok, PaymentRefused, type Route, route } from "@mall/kit";
import type { CartClient } from "./clients/cart-client.ts";
import type { CheckoutMetrics } from "./checkout-metrics.ts";
import type { Order } from "./order.ts";
import {
  orderBody,
  orderHeaders,
  orderInput,
  orderListQuery,
  orderPage,
  orderParams,
  orderPosition,
  quoteBody,
  quoteInput,
  toOrderBody,
} from "./order-api.ts";
import type { OrderRepository } from "./order-repository.ts";
import type { Idempotency } from "./placing/idempotency.ts";
import type { PlaceOrder } from "./placing/place-order.ts";
import type { Pricing } from "./placing/pricing.ts";

interface Dependencies {
  carts: CartClient;
  orders: OrderRepository;
  pricing: Pricing;
  idempotency: Idempotency;
  placing: PlaceOrder;
  metrics: CheckoutMetrics;
}

// A card may take its time, and be asked a second time; all calls together must end before this.
const placeOrderMs = 12_000;

export const createRoutes = ({
  carts,
  orders,
  pricing,
  idempotency,
  placing,
  metrics,
}: Dependencies): Route[] => [
  route({
    method: "post",
    path: "/orders",
    summary: "Order a cart, or a single line. The first answer to an Idempotency-Key is replayed",
    headers: orderHeaders,
    body: orderInput,
    answers: { 201: orderBody },
    problems: [402, 409, 422, 502],
    timeoutMs: placeOrderMs,
    handle: ({ headers: { "idempotency-key": key }, body }) =>
      metrics.observe(() =>
        idempotency.once(key, body, async () => {
          const { cartId, line, currency, expectedTotal, sessionId = cartId ?? key, ...buyer } = body;
          const request = { cartId, line, currency, expectedTotal, buyer: { ...buyer, sessionId } };
          const order = await placing.placeOrder(request, key);
          assertNotRefused(order);
          return created(toOrderBody(order), `/orders/${order.id}`);
        }),
      ),
  }),
  route({
    method: "post",
    path: "/quotes",
    summary: "What an order would cost now, worked out as the order itself would be",
    body: quoteInput,
    answers: { 200: quoteBody },
    problems: [502],
    async handle({ body: { cartId, line, currency, locale, country, postalCode } }) {
      const lines = cartId === undefined ? [] : await carts.lines(cartId);
      if (line) lines.push(line);
      return ok(await pricing.quote({ lines, currency, locale, destination: { country, postalCode } }));
    },
  }),
  route({
    method: "get",
    path: "/orders/{id}",
    summary: "One order, with the steps it has taken",
    params: orderParams,
    answers: { 200: orderBody },
    problems: [404],
    async handle({ params: { id } }) {
      const order = await orders.find(id);
      if (!order) throw new NotFound(`There is no order ${id}.`);
      return ok(toOrderBody(order));
    },
  }),
  route({
    method: "get",
    path: "/orders",
    summary: "A session's orders, newest first",
    query: orderListQuery,
    answers: { 200: orderPage },
    async handle({ query: { sessionId, cursor, limit } }) {
      const page = await orders.list(sessionId, decodeCursor(orderPosition, cursor), limit);
      return ok({ ...page, items: page.items.map(toOrderBody) });
    },
  }),
];

/** An order that was turned back while its buyer waits is answered with the reason, in the buyer's terms. */
function assertNotRefused({ id, state, failure }: Order): void {
  if (!failure || (state !== "cancelled" && state !== "compensating")) return;
  const extensions = { orderId: id, ...(failure.products && { products: failure.products }) };
  if (["card-declined", "insufficient-funds"].includes(failure.code))
    throw new PaymentRefused(failure.code, failure.detail, { extensions });
  throw new Conflict(failure.code, failure.detail, { extensions });
}
