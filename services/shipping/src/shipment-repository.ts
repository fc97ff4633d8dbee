import type { Database, Money } from "@mall/kit";
import { sql } from "kysely";
import type { ShippingSchema } from "./migrations/schema.ts";
import type { Parcel, Shipment, ShipmentRequest } from "./shipment.ts";
import { tariffCurrency } from "./tariff/quote.ts";
import { trackingCode } from "./tracking-code.ts";

export type ShipmentRepository = ReturnType<typeof createShipmentRepository>;

/** One shipment per order, in a row that is never removed. Every write is one atomic statement. */
export function createShipmentRepository(database: Database<ShippingSchema>) {
  const byOrder = (orderId: string) => shipments(database).where("order_id", "=", orderId);

  return {
    async find(orderId: string): Promise<Shipment | undefined> {
      const row = await byOrder(orderId).executeTakeFirst();
      return row && toShipment(row);
    },

    /** Books the order's shipment; the one that it already has, or its tombstone, wins. */
    async book(
      { orderId, items, destination }: ShipmentRequest,
      { price, weightGrams }: Pick<Parcel, "price" | "weightGrams">,
    ): Promise<Shipment> {
      const booked = await database
        .insertInto("shipments")
        .values({
          order_id: orderId,
          state: "booked",
          items: JSON.stringify(items),
          destination: JSON.stringify(destination),
          price_cents: price.amount,
          weight_grams: weightGrams,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .executeTakeFirst();
      return toShipment(booked ?? (await byOrder(orderId).executeTakeFirstOrThrow()));
    },

    /** Repeating it changes nothing. An order without a shipment gets a tombstone. */
    async cancel(orderId: string): Promise<void> {
      await database
        .insertInto("shipments")
        .values({ order_id: orderId, state: "cancelled" })
        .onConflict((conflict) => conflict.column("order_id").doUpdateSet({ state: "cancelled" }))
        .execute();
    },

    /** How many shipments are booked, and what they cost together. */
    async summarize(): Promise<{ count: number; total: Money }> {
      const { count, cents } = await database
        .selectFrom("shipments")
        .select(({ fn }) => [
          fn.countAll<number>().as("count"),
          sql<number>`coalesce(sum(price_cents), 0)::bigint`.as("cents"),
        ])
        .where("state", "=", "booked")
        .executeTakeFirstOrThrow();
      return { count, total: { amount: cents, currency: tariffCurrency } };
    },
  };
}

const shipments = (database: Database<ShippingSchema>) => database.selectFrom("shipments").selectAll();
type ShipmentRow = Awaited<ReturnType<ReturnType<typeof shipments>["executeTakeFirstOrThrow"]>>;

const toShipment = (row: ShipmentRow): Shipment => ({
  orderId: row.order_id,
  state: row.state,
  parcel: toParcel(row),
  createdAt: row.created_at,
});

function toParcel(row: ShipmentRow): Parcel | null {
  const { serial, items, destination, price_cents, weight_grams } = row;
  if (items === null || destination === null || price_cents === null || weight_grams === null) return null;
  return {
    items,
    destination,
    trackingCode: trackingCode(serial),
    price: { amount: price_cents, currency: tariffCurrency },
    weightGrams: weight_grams,
  };
}
