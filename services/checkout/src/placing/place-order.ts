import { randomUUID } from "node:crypto";
import {
  activeTraceparent,
  annotate,
  Conflict,
  currentBaggage,
  equalMoney,
  InvalidInput,
  type Logger,
  type Money,
} from "@mall/kit";
import type { CartClient } from "../clients/cart-client.ts";
import type { PurchaseClient } from "../clients/purchase-client.ts";
import type { Buyer, Order, RequestedLine } from "../order.ts";
import { LeaseLost, type OrderRepository } from "../order-repository.ts";
import type { Saga } from "../saga/saga.ts";
import type { Pricing, Quote } from "./pricing.ts";

export interface OrderRequest {
  /** Either a whole cart or a single line to buy now. */
  cartId?: string | undefined;
  line?: RequestedLine | undefined;
  buyer: Omit<Buyer, "cartId">;
  currency: string;
  /** What the buyer saw; an order at any other total is refused. */
  expectedTotal?: Money | undefined;
}

interface Dependencies {
  carts: CartClient;
  purchase: PurchaseClient;
  pricing: Pricing;
  orders: OrderRepository;
  saga: Saga;
  logger: Logger;
}

export type PlaceOrder = ReturnType<typeof createPlaceOrder>;

export function createPlaceOrder({ carts, purchase, pricing, orders, saga, logger }: Dependencies) {
  /**
   * Places an order and takes it as far as it will go now. Until the order is stored, anything that is wrong is thrown
   * and leaves no trace behind; from then on the saga sees it to an end, here or after a crash.
   */
  async function placeOrder(request: OrderRequest, idempotencyKey: string): Promise<Order> {
    const already = await orders.findByIdempotencyKey(idempotencyKey);
    if (already) return already;

    const lines = await requestedLines(request);
    const [quote] = await Promise.all([priceNow(request, lines), purchase.assertCard(request.buyer.cardId)]);
    assertAvailable(quote);
    assertAsSeen(quote, request.expectedTotal);

    const runId = randomUUID();
    const order = await orders.insert(newOrder(request, quote, idempotencyKey), runId, saga.leaseEnd());
    // This process stood still so long that another one has taken the key over and placed the order.
    if (!order) return placeOrder(request, idempotencyKey);
    annotate({
      "mall.order.id": order.id,
      "mall.order.total": order.total.amount,
      "mall.order.currency": request.currency,
    });

    const left = await advance(order, runId);
    annotate({ "mall.order.state": left.state });
    await emptyCart(left);
    return left;
  }

  /** The cart of a confirmed order has been bought. Should this fail, the order stands and the cart stays full. */
  async function emptyCart({ state, buyer: { cartId } }: Order): Promise<void> {
    if (state !== "confirmed" || cartId === null) return;
    try {
      await carts.empty(cartId);
    } catch (error) {
      logger.warn({ err: error }, "the cart of a confirmed order was not emptied");
    }
  }

  async function requestedLines({ cartId, line }: OrderRequest): Promise<RequestedLine[]> {
    const lines = cartId === undefined ? [] : await carts.lines(cartId);
    if (line) lines.push(line);
    if (lines.length > 0) return lines;
    throw new InvalidInput("The cart is empty. Add something first.", [
      { field: "cartId", message: "is an empty cart" },
    ]);
  }

  const priceNow = (
    { currency, buyer: { locale, address } }: OrderRequest,
    lines: RequestedLine[],
  ): Promise<Quote> => pricing.quote({ lines, currency, locale, destination: address });

  async function advance(order: Order, runId: string): Promise<Order> {
    try {
      return await saga.advance(order, runId);
    } catch (error) {
      // The order is stored, so it will be finished; what went wrong here must not look like no order.
      if (!(error instanceof LeaseLost))
        logger.warn({ orderId: order.id, err: error }, "the order is left to recovery");
      return (await orders.find(order.id).catch(() => undefined)) ?? order;
    }
  }

  return { placeOrder, emptyCart };
}

function assertAvailable({ problems }: Quote): void {
  const unknown = problems.filter(({ code }) => code === "unknown").map(({ productId }) => productId);
  if (unknown.length > 0)
    throw new InvalidInput("Something here is not sold any more. Take it out of the cart.", [
      { field: "productId", message: `there is no product ${unknown.join(", ")}` },
    ]);
  if (problems.length === 0) return;
  throw new Conflict("sold-out", "Not enough is left in stock. Choose fewer, or something else.", {
    extensions: { products: problems.map(({ productId }) => productId) },
  });
}

function assertAsSeen({ total }: Quote, expected: Money | undefined): void {
  if (!expected || equalMoney(total, expected)) return;
  throw new Conflict(
    "price-changed",
    "The total has changed since you saw it. Look at it again before you order.",
    {
      extensions: { total },
    },
  );
}

function newOrder({ cartId, buyer }: OrderRequest, quote: Quote, idempotencyKey: string) {
  const { lines, subtotal, shipping, total, rates } = quote;
  return {
    id: randomUUID(),
    idempotencyKey,
    buyer: { ...buyer, cartId: cartId ?? null },
    lines,
    subtotal,
    shipping,
    total,
    rates,
    traceparent: activeTraceparent() ?? null,
    baggage: currentBaggage() ?? null,
  };
}
