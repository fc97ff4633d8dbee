import type { Generated, GeneratedAlways, JSONColumnType } from "kysely";
import type { ParcelItem } from "../parcel.ts";
import type { Destination, ShipmentState } from "../shipment.ts";

export interface ShipmentTable {
  order_id: string;
  state: ShipmentState;
  /** Makes the tracking code. */
  serial: GeneratedAlways<number>;
  /** Null, like all that follow, only in the tombstone of an order that was never shipped. */
  items: JSONColumnType<ParcelItem[] | null, string | null>;
  /** Personal. */
  destination: JSONColumnType<Destination | null, string | null>;
  /** US cents. */
  price_cents: number | null;
  weight_grams: number | null;
  created_at: Generated<Date>;
}

export interface ShippingSchema {
  shipments: ShipmentTable;
}
