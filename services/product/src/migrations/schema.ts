import type { ColumnType, Generated, JSONColumnType } from "kysely";
import type { Localized } from "../catalogue/catalogue-types.ts";
import type { ReservationState, ReservedLine } from "../reservation.ts";

export interface CategoryTable {
  slug: string;
  position: number;
  name: JSONColumnType<Localized>;
  description: JSONColumnType<Localized>;
}

export interface ProductTable {
  id: string;
  slug: string;
  /** Order in lists. */
  position: number;
  category: string;
  name: JSONColumnType<Localized>;
  description: JSONColumnType<Localized>;
  keywords: JSONColumnType<Localized>;
  related: JSONColumnType<string[]>;
  price_amount: number;
  price_currency: string;
  discount_percent: number;
  weight_grams: number;
  image: string;
  /** Units that the shelf holds when it is full. */
  shelf: number;
  /** Units neither sold nor reserved. Never negative: the database forbids it. */
  available: number;
}

export interface ReservationTable {
  order_id: string;
  state: ReservationState;
  lines: JSONColumnType<ReservedLine[]>;
  expires_at: ColumnType<Date, Date, Date>;
  created_at: Generated<Date>;
}

/** Units put on a shelf: what a product's stock is beyond its first filling less what was sold. */
export interface RestockTable {
  product_id: string;
  quantity: number;
  restocked_at: Generated<Date>;
}

export interface ProductSchema {
  categories: CategoryTable;
  products: ProductTable;
  reservations: ReservationTable;
  restocks: RestockTable;
}
