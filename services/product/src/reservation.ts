/**
 * Stock held for one order: `held -> committed`, or `held -> released` by the order's cancellation, or
 * `held -> expired` when nobody comes back. A released reservation is kept as a tombstone, so that a request which
 * was under way while the order was cancelled cannot take the stock after all.
 */
export type ReservationState = "held" | "committed" | "released" | "expired";

export interface ReservedLine {
  productId: string;
  quantity: number;
}

export interface Reservation {
  orderId: string;
  state: ReservationState;
  lines: ReservedLine[];
  expiresAt: Date;
}

/** In the order of product ids, so that two orders for the same products never wait for each other in a circle. */
export const inLockOrder = (lines: readonly ReservedLine[]): ReservedLine[] =>
  lines.toSorted((a, b) => (a.productId < b.productId ? -1 : 1));

export const sameLines = (a: readonly ReservedLine[], b: readonly ReservedLine[]): boolean =>
  JSON.stringify(inLockOrder(a).map(pair)) === JSON.stringify(inLockOrder(b).map(pair));

const pair = ({ productId, quantity }: ReservedLine) => [productId, quantity];
