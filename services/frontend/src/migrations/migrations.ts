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
});
