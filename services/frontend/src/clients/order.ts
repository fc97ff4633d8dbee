import { money } from "@mall/kit";
import { z } from "zod";

/** What checkout says of orders and of what they would cost. */

const line = z.object({
  productId: z.string(),
  slug: z.string(),
  /** In the order's language. */
  name: z.string(),
  image: z.string(),
  quantity: z.int(),
  unitPrice: money,
  discountPercent: z.int(),
  total: money,
});
export type OrderLine = z.output<typeof line>;

const price = {
  lines: z.array(line),
  subtotal: money,
  shipping: money,
  total: money,
  rates: z.array(z.object({ from: z.string(), to: z.string(), rate: z.string(), date: z.string() })),
};

const problem = z.object({
  productId: z.string(),
  code: z.enum(["sold-out", "unknown"]),
  available: z.int(),
});

export const quote = z.object({
  ...price,
  days: z.object({ min: z.int(), max: z.int() }),
  /** Why it cannot be ordered as it is. */
  problems: z.array(problem),
});
export type Quote = z.output<typeof quote>;

const step = z.object({
  step: z.enum(["reserve", "charge", "ship", "commit"]),
  outcome: z.enum(["done", "failed", "undone"]),
  at: z.string(),
});
export type OrderStep = z.output<typeof step>;

export const order = z.object({
  id: z.string(),
  state: z.enum(["pending", "reserved", "charged", "shipped", "confirmed", "compensating", "cancelled"]),
  sessionId: z.string(),
  ...price,
  cardId: z.string(),
  email: z.string(),
  address: z.object({
    name: z.string(),
    line1: z.string(),
    city: z.string(),
    postalCode: z.string(),
    country: z.string(),
  }),
  trackingCode: z.string().nullable(),
  failure: z.object({ code: z.string(), detail: z.string() }).nullable(),
  steps: z.array(step),
  traceId: z.string().nullable(),
  createdAt: z.string(),
});
export type Order = z.output<typeof order>;
export type Address = Order["address"];

export const orderPage = z.object({ items: z.array(order), next: z.string().nullable() });
