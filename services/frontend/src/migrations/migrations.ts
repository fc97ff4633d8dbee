import { defineMigrations } from "@mall/kit";
import { sql } from "kysely";
import type { FrontendSchema } from "./schema.ts";

export const migrations = defineMigrations<FrontendSchema>({
  "2026-11-23-profiles": {
    async up(database) {
      await sql`
        create table profiles (
          session_id text primary key,
          name text not null,
          email text not null,
          line1 text not null,
          city text not null,
          postal_code text not null,
          country text not null,
          locale text not null,
          currency text not null,
          updated_at timestamptz not null
        )`.execute(database);
    },
  },
  "2026-11-23-session-key": {
    async up(database) {
      await sql`create table session_key (key bytea not null)`.execute(database);
      // A random UUID has 122 bits from the server's strong generator.
      await sql`
        insert into session_key
        select sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'))`.execute(
        database,
      );
    },
  },
});
