import type { Generated } from "kysely";
import type { ListName } from "../cart.ts";

export interface CartLineTable {
  cart_id: string;
  list: ListName;
  product_id: string;
  quantity: number;
  added_at: Generated<Date>;
}

export interface CartSchema {
  cart_lines: CartLineTable;
}
