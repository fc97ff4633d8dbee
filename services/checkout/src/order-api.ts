import { currencyCode, money, pageOf, paging } from "@mall/kit";
import { z } from "zod";
import { type Order, orderStates, stepNames } from "./order.ts";

/** The bodies that this service takes and gives; its OpenAPI document is made from them. */

const locale = z.enum(["ko", "en", "es"]);
const country = z.string().regex(/^[A-Z]{2}$/, { error: "must be an ISO 3166-1 alpha-2 code" });
const line = z.strictObject({ productId: z.uuid(), quantity: z.int().min(1).max(99) });
// Control characters have no place in a name; in a mail header they would be an injection. PostgreSQL takes neither
// NUL nor half a surrogate pair.
const printable = (value: string): boolean => value.isWellFormed() && !/\p{Cc}/u.test(value);
const unprintable = { error: "must not contain control characters" };
const opaqueId = z.string().min(1).max(100).refine(printable, unprintable);
const text = (most: number) => z.string().trim().min(1).max(most).refine(printable, unprintable);

const address = z.strictObject({
  name: text(100),
  line1: text(200),
  city: text(100),
  postalCode: text(20),
  country,
});

const eitherCartOrLine = (value: { cartId?: unknown; line?: unknown }): boolean =>
  (value.cartId === undefined) !== (value.line === undefined);
const either = { error: "give either cartId or line", path: ["cartId"] };

export const orderHeaders = z.object({
  "idempotency-key": z.string().min(1).max(100).meta({ description: "Chosen by the client, one per order" }),
});

export const orderInput = z
  .strictObject({
    cartId: opaqueId.optional(),
    line: line.optional(),
    sessionId: opaqueId.optional().meta({ description: "Whose order it is; by default the cart's id" }),
    cardId: opaqueId,
    currency: currencyCode,
    locale,
    email: z.email().max(200),
    address,
    expectedTotal: money.optional().meta({ description: "What the buyer saw; another total is refused" }),
  })
  .refine(eitherCartOrLine, either);

export const quoteInput = z
  .strictObject({
    cartId: opaqueId.optional(),
    line: line.optional(),
    currency: currencyCode,
    country,
    postalCode: z.string().max(20).refine(printable, unprintable).optional(),
    locale,
  })
  .refine(eitherCartOrLine, either);

const orderLine = z.object({
  productId: z.uuid(),
  slug: z.string(),
  name: z.string(),
  image: z.string(),
  quantity: z.int().positive(),
  unitPrice: money,
  discountPercent: z.int(),
  total: money,
});

const price = {
  lines: z.array(orderLine),
  subtotal: money,
  shipping: money,
  total: money,
  rates: z.array(z.object({ from: z.string(), to: z.string(), rate: z.string(), date: z.string() })),
};

export const quoteBody = z.object({
  ...price,
  days: z.object({ min: z.int(), max: z.int() }),
  problems: z.array(
    z.object({ productId: z.uuid(), code: z.enum(["sold-out", "unknown"]), available: z.int() }),
  ),
});

export const orderBody = z
  .object({
    id: z.uuid(),
    state: z.enum(orderStates),
    sessionId: z.string(),
    currency: z.string(),
    locale,
    ...price,
    cardId: z.string(),
    email: z.string(),
    address,
    trackingCode: z.string().nullable(),
    failure: z
      .object({ code: z.string(), detail: z.string(), products: z.array(z.uuid()).optional() })
      .nullable(),
    steps: z.array(
      z.object({
        step: z.enum(stepNames),
        outcome: z.enum(["done", "failed", "undone"]),
        at: z.iso.datetime(),
      }),
    ),
    traceId: z.string().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Order" });

export const orderPage = pageOf(orderBody);
export const orderListQuery = z.object({ sessionId: opaqueId, ...paging });
export const orderParams = z.object({ id: z.uuid() });
// PostgreSQL's calendar has no year 0.
const createdAt = z.iso.datetime().regex(/^(?!0000)/);
export const orderPosition = z.object({ createdAt, id: z.uuid() });

export const toOrderBody = (order: Order) => ({
  id: order.id,
  state: order.state,
  sessionId: order.buyer.sessionId,
  currency: order.total.currency,
  locale: order.buyer.locale,
  lines: order.lines,
  subtotal: order.subtotal,
  shipping: order.shipping,
  total: order.total,
  rates: order.rates,
  cardId: order.buyer.cardId,
  email: order.buyer.email,
  address: order.buyer.address,
  trackingCode: order.trackingCode,
  failure: order.failure,
  steps: order.steps,
  traceId: order.traceparent?.split("-")[1] ?? null,
  createdAt: order.createdAt.toISOString(),
});
