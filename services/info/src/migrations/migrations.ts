import { defineMigrations } from "@mall/kit";
import { sql } from "kysely";
import type { InfoSchema } from "./schema.ts";

export const migrations = defineMigrations<InfoSchema>({
  "2026-11-23-statistics": {
    async up(database) {
      await sql`
        create table counted_events (
          event_id uuid primary key,
          counted_at timestamptz not null default now()
        )`.execute(database);
      await sql`
        create table currency_totals (
          currency text primary key,
          confirmed bigint not null,
          cancelled bigint not null,
          products_sold bigint not null,
          revenue bigint not null
        )`.execute(database);
      await sql`
        create table period (
          only_one boolean primary key default true check (only_one),
          since timestamptz not null default now()
        )`.execute(database);
      await sql`insert into period default values`.execute(database);
    },
  },
});
