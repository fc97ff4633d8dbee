import { randomUUID } from "node:crypto";
import type { ServiceUnderTest } from "@mall/kit/testing";
import request from "supertest";

export interface Order {
  orderId: string;
  cardId: string;
  amount: { amount: number; currency: string };
}

export const givenOrder = (cardId: string, amount = 129_900, currency = "USD"): Order => ({
  orderId: randomUUID(),
  cardId,
  amount: { amount, currency },
});

/** The last part of a problem's type. */
export const codeOf = ({ body }: { body: { type: string } }) => body.type.replace("urn:mall:problem:", "");

/** What one can ask of purchase for an order, and what the acquirer's own books say of it. */
export function createShopper(service: () => ServiceUnderTest) {
  const api = () => request(service().url);
  const charge = (order: Order) => api().post("/charges").send(order);
  return {
    api,
    charge,
    /** Waits for 0.8 s, which is less than any wait for the acquirer. */
    impatientCharge: (order: Order) => charge(order).set("x-request-timeout-ms", "800"),
    refund: ({ orderId }: Order) => api().post(`/charges/${orderId}/refund`),
    find: ({ orderId }: Order) => api().get(`/charges/${orderId}`),

    /** What the acquirer took for the orders, less what it gave back. */
    async takenFor(...orders: Order[]): Promise<number> {
      const [row] = await service().database.query<{ net: number }>(
        `select coalesce(sum(amount), 0)::int as net from acquirer_ledger
         where reference = any($1) and captured_at is not null and reversed_at is null`,
        [orders.map(({ orderId }) => orderId)],
      );
      return row?.net ?? 0;
    },
  };
}
