import { defineMigrations, type Migrations } from "@mall/kit";
import { sql } from "kysely";
import { migrateOutbox } from "../outbox/relay.ts";
import type { CheckoutSchema } from "./schema.ts";

const steps: Migrations<CheckoutSchema>["steps"] = {
  "2026-11-23-orders": {
    async up(database) {
      await sql`
        create table orders (
          id uuid primary key,
          idempotency_key text not null unique,
          session_id text not null,
          state text not null check (state in
            ('pending', 'reserved', 'charged', 'shipped', 'confirmed', 'compensating', 'cancelled')),
          buyer jsonb not null,
          lines jsonb not null,
          rates jsonb not null,
          currency text not null,
          subtotal bigint not null check (subtotal >= 0),
          shipping bigint not null check (shipping >= 0),
          total bigint not null check (total = subtotal + shipping),
          tracking_code text,
          failure jsonb,
          undo_from text,
          steps jsonb not null default '[]',
          attempts integer not null default 0,
          run_id uuid not null,
          due_at timestamptz not null,
          traceparent text,
          created_at timestamptz not null default now()
        )`.execute(database);
      await sql`create index orders_by_session on orders (session_id, created_at desc, id desc)`.execute(
        database,
      );
      await sql`
        create index orders_unfinished on orders (due_at) where state not in ('confirmed', 'cancelled')`.execute(
        database,
      );
      await sql`
        create table idempotency_keys (
          key text primary key,
          request_hash text not null,
          claimed_at timestamptz not null default now(),
          status integer,
          content_type text,
          body text
        )`.execute(database);
    },
  },
  "2026-11-24-order-baggage": {
    async up(database) {
      await sql`alter table orders add column baggage text`.execute(database);
    },
  },
};

export const migrations = defineMigrations<CheckoutSchema>(steps, { library: migrateOutbox });
