import { defineMigrations } from "@mall/kit";
import { sql } from "kysely";
import type { ProductSchema } from "./schema.ts";

export const migrations = defineMigrations<ProductSchema>({
  "2026-11-23-catalogue-and-stock": {
    async up(database) {
      await sql`
        create table categories (
          slug text primary key,
          position integer not null,
          name jsonb not null,
          description jsonb not null
        )`.execute(database);
      await sql`
        create table products (
          id uuid primary key,
          slug text not null unique,
          position integer not null,
          category text not null references categories (slug),
          name jsonb not null,
          description jsonb not null,
          keywords jsonb not null,
          related jsonb not null,
          price_amount bigint not null check (price_amount > 0),
          price_currency text not null,
          discount_percent integer not null check (discount_percent between 0 and 100),
          weight_grams integer not null check (weight_grams > 0),
          image text not null,
          shelf integer not null check (shelf >= 0),
          available integer not null check (available >= 0)
        )`.execute(database);
      await sql`create index products_by_category on products (category, position)`.execute(database);
      await sql`
        create table reservations (
          order_id uuid primary key,
          state text not null check (state in ('held', 'committed', 'released', 'expired')),
          lines jsonb not null,
          expires_at timestamptz not null,
          created_at timestamptz not null default now()
        )`.execute(database);
      await sql`
        create table restocks (
          product_id uuid not null references products (id),
          quantity integer not null check (quantity > 0),
          restocked_at timestamptz not null default now()
        )`.execute(database);
      await sql`create index reservations_held on reservations (expires_at) where state = 'held'`.execute(
        database,
      );
    },
  },
});
