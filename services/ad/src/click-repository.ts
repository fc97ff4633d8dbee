import type { Database } from "@mall/kit";
import { sql } from "kysely";
import type { AdSchema } from "./migrations/schema.ts";

export type ClickRepository = ReturnType<typeof createClickRepository>;

/** How often each ad was clicked. An ad that nobody has clicked has no row. */
export function createClickRepository(database: Database<AdSchema>) {
  return {
    async count(adId: string): Promise<number> {
      const row = await database
        .selectFrom("ad_clicks")
        .select("clicks")
        .where("ad_id", "=", adId)
        .executeTakeFirst();
      return row?.clicks ?? 0;
    },

    /** Counts one more, in one statement, so that none of many at once is lost. Resolves with the new count. */
    async add(adId: string): Promise<number> {
      const { clicks } = await database
        .insertInto("ad_clicks")
        .values({ ad_id: adId, clicks: 1 })
        .onConflict((conflict) => conflict.column("ad_id").doUpdateSet({ clicks: sql`ad_clicks.clicks + 1` }))
        .returning("clicks")
        .executeTakeFirstOrThrow();
      return clicks;
    },
  };
}
