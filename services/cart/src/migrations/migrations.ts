import { defineMigrations } from "@mall/kit";
import { sql } from "kysely";
import type { CartSchema } from "./schema.ts";

export const migrations = defineMigrations<CartSchema>({
  "2026-11-23-cart-lines": {
    async up(database) {
      await sql`
        create table cart_lines (
          cart_id text not null,
          list text not null check (list in ('cart', 'saved')),
          product_id uuid not null,
          quantity integer not null check (quantity between 1 and 99),
          added_at timestamptz not null default clock_timestamp(),
          primary key (cart_id, list, product_id)
        )`.execute(database);
    },
  },
});
