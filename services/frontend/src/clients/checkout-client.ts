import { type HttpClient, isRefusal, type Money, Problem, Refused } from "@mall/kit";
import type { z } from "zod";
import type { Locale } from "../i18n/locale.ts";
import type { CartLine } from "./cart-client.ts";
import { readListing } from "./listing.ts";
import { type Address, type Order, order, orderPage, type Quote, quote } from "./order.ts";

/** What is bought: a whole cart, or one line of a buy-now. */
export type Purchase = { cartId: string } | { line: CartLine };

export interface OrderRequest {
  purchase: Purchase;
  sessionId: string;
  /** Sent again with the same request, it can't make a second order. */
  idempotencyKey: string;
  cardId: string;
  currency: string;
  locale: Locale;
  email: string;
  address: Address;
  /** What the shopper has seen; an order at any other total is refused. */
  expectedTotal: Money;
}

export type Placement =
  | { outcome: "placed"; order: Order }
  | { outcome: "price-changed" }
  | { outcome: "sold-out" }
  /** The key belongs to another order, which may well have been made. */
  | { outcome: "key-reused" }
  | { outcome: "card-refused"; reason: "card-declined" | "insufficient-funds" }
  /** Fields by their last name: `postalCode`. */
  | { outcome: "invalid"; fields: string[] }
  /** Taken back after it had begun, for another reason; nothing stays charged. */
  | { outcome: "cancelled" }
  /** Nobody can say whether there is an order; asking again with the same key is safe, and finds out. */
  | { outcome: "unknown"; status: number };

export type Quotation = { outcome: "quoted"; quote: Quote } | { outcome: "invalid"; fields: string[] };

interface QuoteRequest {
  currency: string;
  country: string;
  postalCode?: string | undefined;
  locale: Locale;
}

// Longer than checkout itself takes to give up: its answer, even a failure, says more than our own silence.
const placeOrderMs = 13_000;

export type CheckoutClient = ReturnType<typeof createCheckoutClient>;

export const createCheckoutClient = (http: HttpClient) => ({
  /** What `place` would charge now. */
  async quote(purchase: Purchase, request: QuoteRequest): Promise<Quotation> {
    try {
      const call = { method: "POST", path: "/quotes", body: { ...purchase, ...request } } as const;
      return { outcome: "quoted", quote: await http.request({ ...call, answer: quote, idempotent: true }) };
    } catch (error) {
      if (isRefusal(error, 422)) return { outcome: "invalid", fields: fieldsOf(error) };
      throw error;
    }
  },

  async place({ purchase, idempotencyKey, ...buyer }: OrderRequest): Promise<Placement> {
    try {
      const placed = await http.request({
        method: "POST",
        path: "/orders",
        headers: { "idempotency-key": idempotencyKey },
        body: { ...purchase, ...buyer },
        answer: order,
        idempotent: true,
        timeoutMs: placeOrderMs,
      });
      return { outcome: "placed", order: placed };
    } catch (error) {
      return placementOf(error);
    }
  },

  async find(id: string): Promise<Order | undefined> {
    try {
      return await http.request({ method: "GET", path: "/orders/{id}", params: { id }, answer: order });
    } catch (error) {
      if (isRefusal(error, 404)) return undefined;
      throw error;
    }
  },

  list(sessionId: string, cursor: string | undefined, limit: number): Promise<z.output<typeof orderPage>> {
    const query = { sessionId, cursor, limit };
    return readListing(() => http.request({ method: "GET", path: "/orders", query, answer: orderPage }));
  },
});

function placementOf(error: unknown): Placement {
  if (error instanceof Refused) return refusalOf(error);
  if (error instanceof Problem && error.status >= 500) return { outcome: "unknown", status: error.status };
  throw error;
}

function refusalOf(error: Refused): Placement {
  const { answerStatus, problemCode } = error;
  switch (problemCode) {
    case "price-changed":
    case "sold-out":
      return { outcome: problemCode };
    case "card-declined":
    case "insufficient-funds":
      return { outcome: "card-refused", reason: problemCode };
    case "idempotency-key-reused":
      return { outcome: "key-reused" };
    case "request-in-progress":
      return { outcome: "unknown", status: 503 };
  }
  if (answerStatus === 422) return { outcome: "invalid", fields: fieldsOf(error) };
  if (answerStatus === 409) return { outcome: "cancelled" };
  throw error;
}

const fieldsOf = ({ problem }: Refused): string[] =>
  problem.errors.map(({ field }) => field.split(".").at(-1) ?? field);
