import type { Money } from "@mall/kit";

/** `pending -> reserved -> charged -> shipped -> confirmed`, or from any of them `compensating -> cancelled`. */
export const orderStates = [
  "pending",
  "reserved",
  "charged",
  "shipped",
  "confirmed",
  "compensating",
  "cancelled",
] as const;
export type OrderState = (typeof orderStates)[number];

export const isFinal = (state: OrderState): boolean => state === "confirmed" || state === "cancelled";

export const stepNames = ["reserve", "charge", "ship", "commit"] as const;
export type StepName = (typeof stepNames)[number];

export interface Address {
  name: string;
  line1: string;
  city: string;
  postalCode: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
}

export interface RequestedLine {
  productId: string;
  quantity: number;
}

export interface OrderLine extends RequestedLine {
  slug: string;
  /** In the order's language. */
  name: string;
  image: string;
  /** In the catalogue's currency, before the discount. */
  unitPrice: Money;
  discountPercent: number;
  /** In the order's currency: unit price × quantity, less the discount, rounded once. */
  total: Money;
}

export interface Rate {
  from: string;
  to: string;
  rate: string;
  date: string;
}

/** What an order costs, in its own currency. The total is the sum of the rounded lines and the shipping. */
export interface Price {
  lines: OrderLine[];
  subtotal: Money;
  shipping: Money;
  total: Money;
  rates: Rate[];
}

/** Who buys, how they pay and where it goes. */
export interface Buyer {
  sessionId: string;
  /** The cart that is emptied when the order is confirmed; null for buy-now. */
  cartId: string | null;
  cardId: string;
  locale: "ko" | "en" | "es";
  email: string;
  address: Address;
}

export interface Failure {
  /** The last part of the problem's type. */
  code: string;
  detail: string;
  /** What was sold out. */
  products?: string[] | undefined;
}

export interface StepRecord {
  step: StepName;
  outcome: "done" | "failed" | "undone";
  at: string;
}

export interface Order extends Price {
  id: string;
  state: OrderState;
  buyer: Buyer;
  trackingCode: string | null;
  failure: Failure | null;
  /** While compensating: the step from which, backwards, everything is undone. */
  undoFrom: StepName | null;
  steps: StepRecord[];
  /** Failed tries in a row of the step that is due. */
  attempts: number;
  /** The span in which the order was placed, so that later work can link to it. */
  traceparent: string | null;
  /** W3C baggage of the request that placed the order, for what is done for it later. */
  baggage: string | null;
  createdAt: Date;
}
