import { randomUUID } from "node:crypto";
import { type CloudEvent, type Executor, type Money, produceEvent } from "@mall/kit";
import { sql } from "kysely";
import type { CheckoutSchema } from "../migrations/schema.ts";
import type { Order } from "../order.ts";
import { deliverTask, type Delivery, type Subscriber } from "./delivery.ts";

export interface OrderEventData {
  orderId: string;
  locale: Order["buyer"]["locale"];
  email: string;
  name: string;
  currency: string;
  lines: { productId: string; name: string; quantity: number; total: Money }[];
  subtotal: Money;
  shipping: Money;
  total: Money;
  trackingCode: string | null;
  failure: { code: string } | null;
}

export type OrderEvent = CloudEvent<"order.confirmed" | "order.cancelled", OrderEventData>;
export type OrderEvents = ReturnType<typeof createOrderEvents>;

/** The transactional outbox: an event is written with the change that it tells of, and delivered afterwards. */
export const createOrderEvents = (subscribers: readonly Subscriber[]) => ({
  /** Puts one delivery per subscriber into the outbox, in the transaction that ends the order. */
  async record(trx: Executor<CheckoutSchema>, order: Order): Promise<void> {
    const event = produceEvent(toEvent(order));
    const specs = subscribers.map((subscriber) => ({
      identifier: deliverTask,
      payload: { subscriber, event, attempt: 0 } satisfies Delivery,
    }));
    await sql`select graphile_worker.add_jobs(array(
      select json_populate_recordset(null::graphile_worker.job_spec, ${JSON.stringify(specs)}::json)))`.execute(
      trx,
    );
  },
});

const toEvent = (order: Order): Pick<OrderEvent, "id" | "source" | "type" | "data"> => ({
  id: randomUUID(),
  source: "/checkout",
  type: order.state === "confirmed" ? "order.confirmed" : "order.cancelled",
  data: {
    orderId: order.id,
    locale: order.buyer.locale,
    email: order.buyer.email,
    name: order.buyer.address.name,
    currency: order.total.currency,
    lines: order.lines.map(({ productId, name, quantity, total }) => ({ productId, name, quantity, total })),
    subtotal: order.subtotal,
    shipping: order.shipping,
    total: order.total,
    trackingCode: order.trackingCode,
    failure: order.failure && { code: order.failure.code },
  },
});
