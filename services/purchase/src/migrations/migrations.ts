import { defineMigrations } from "@mall/kit";
import { sql } from "kysely";
import type { PurchaseSchema } from "./schema.ts";

export const migrations = defineMigrations<PurchaseSchema>({
  "2026-11-24-charges-and-acquirer-ledger": {
    async up(database) {
      await sql`
        create table charges (
          order_id uuid primary key,
          state text not null
            check (state in ('pending', 'captured', 'declined', 'reversing', 'refunded', 'voided')),
          card_id text,
          amount bigint check (amount > 0),
          currency text,
          refusal text check (refusal in ('card-declined', 'insufficient-funds')),
          created_at timestamptz not null default now(),
          check (num_nulls(card_id, amount, currency) in (0, 3)),
          check (card_id is not null or state = 'voided'),
          check ((refusal is not null) = (state = 'declined'))
        )`.execute(database);
      await sql`
        create table acquirer_ledger (
          reference uuid primary key,
          card_id text,
          amount bigint check (amount > 0),
          currency text,
          captured_at timestamptz,
          reversed_at timestamptz,
          check (num_nulls(card_id, amount, currency, captured_at) in (0, 4)),
          check (captured_at is not null or reversed_at is not null)
        )`.execute(database);
    },
  },
});
