import { defineMigrations } from "@mall/kit";
import { sql } from "kysely";
import type { EmailSchema } from "./schema.ts";

export const migrations = defineMigrations<EmailSchema>({
  "2026-11-23-emails": {
    async up(database) {
      await sql`
        create table emails (
          event_id uuid primary key,
          position bigint not null unique generated always as identity,
          order_id uuid not null,
          template text not null,
          locale text not null,
          recipient text not null,
          subject text not null,
          body text not null,
          state text not null check (state in ('logged', 'queued', 'sent', 'failed')),
          attempts integer not null default 0,
          next_attempt_at timestamptz not null default now(),
          traceparent text,
          created_at timestamptz not null default clock_timestamp()
        )`.execute(database);
      await sql`create index emails_by_order on emails (order_id, position)`.execute(database);
      await sql`create index emails_due on emails (next_attempt_at) where state = 'queued'`.execute(database);
    },
  },
});
