import { defineMigrations } from "@mall/kit";
import { sql } from "kysely";
import type { AdSchema } from "./schema.ts";

export const migrations = defineMigrations<AdSchema>({
  "2026-11-24-ad-clicks": {
    async up(database) {
      await sql`
        create table ad_clicks (
          ad_id text primary key,
          clicks bigint not null check (clicks > 0)
        )`.execute(database);
    },
  },
});
