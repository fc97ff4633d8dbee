import { Conflict, equalMoney, type Money, PaymentRefused } from "@mall/kit";

/**
 * The charge of one order: `pending -> captured -> reversing -> refunded`, or `pending -> declined`.
 * A charge that is reversed before anything was captured ends as `voided`; so does the reversal of an order that has
 * no charge yet, kept as a tombstone, so that a request which was under way while the order was cancelled cannot
 * charge it after all. Pending and reversing mean that the acquirer has been asked and its answer is not known yet:
 * asking again, under the same reference, finds it out.
 */
export type ChargeState = "pending" | "captured" | "declined" | "reversing" | "refunded" | "voided";

export type RefusalCode = "card-declined" | "insufficient-funds";

export interface ChargeRequest {
  orderId: string;
  cardId: string;
  amount: Money;
}

export interface Charge {
  orderId: string;
  state: ChargeState;
  /** Null only in the tombstone of an order that was never charged. */
  cardId: string | null;
  amount: Money | null;
  /** Why it was declined. */
  refusal: RefusalCode | null;
  createdAt: Date;
}

const refusalSentences: Readonly<Record<RefusalCode, string>> = {
  "card-declined": "The card was declined. Nothing was taken. Pay with another card.",
  "insufficient-funds":
    "The card's limit does not cover the amount. Nothing was taken. Pay with another card.",
};

/** Throws `Conflict` unless `request` asks for the very charge that the order has, and that was not reversed. */
export function assertSameCharge(charge: Charge, { cardId, amount }: ChargeRequest): void {
  assertNotReversed(charge);
  if (charge.cardId === cardId && charge.amount && equalMoney(charge.amount, amount)) return;
  throw new Conflict("charge-differs", "This order has been charged with another card or amount already.");
}

/** The charge if the money was taken. Throws `PaymentRefused` when it was declined, `Conflict` when it was reversed. */
export function assertCaptured(charge: Charge): Charge {
  assertNotReversed(charge);
  if (charge.refusal) throw new PaymentRefused(charge.refusal, refusalSentences[charge.refusal]);
  return charge;
}

function assertNotReversed({ state }: Charge): void {
  if (state === "reversing" || state === "refunded" || state === "voided")
    throw new Conflict(
      "charge-closed",
      `This order cannot be charged any more: its charge is ${state}. Place a new order.`,
    );
}
