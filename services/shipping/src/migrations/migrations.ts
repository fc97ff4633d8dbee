import { defineMigrations } from "@mall/kit";
import { sql } from "kysely";
import type { ShippingSchema } from "./schema.ts";

export const migrations = defineMigrations<ShippingSchema>({
  "2026-11-24-shipments": {
    async up(database) {
      await sql`
        create table shipments (
          order_id uuid primary key,
          state text not null check (state in ('booked', 'cancelled')),
          serial bigint not null unique generated always as identity,
          items jsonb,
          destination jsonb,
          price_cents bigint,
          weight_grams bigint,
          created_at timestamptz not null default now(),
          check (num_nulls(items, destination, price_cents, weight_grams) in (0, 4)),
          check (items is not null or state = 'cancelled')
        )`.execute(database);
      await sql`create index shipments_booked on shipments (price_cents) where state = 'booked'`.execute(
        database,
      );
    },
  },
});
