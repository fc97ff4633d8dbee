import type { Database } from "@mall/kit";
import { sql } from "kysely";
import type { InfoSchema } from "./migrations/schema.ts";
import { type CurrencyTotals, type Statistics, summarise } from "./statistics.ts";

export type StatisticsRepository = ReturnType<typeof createStatisticsRepository>;

/** Totals are kept as they grow, so that reading them costs the same on the last day as on the first. */
export function createStatisticsRepository(database: Database<InfoSchema>) {
  return {
    /** Adds what an event brought, unless that event has been counted before; says whether it was added. */
    async count(eventId: string, added: CurrencyTotals): Promise<boolean> {
      const { numInsertedOrUpdatedRows } = await database
        .with("counted", (query) =>
          query
            .insertInto("counted_events")
            .values({ event_id: eventId })
            .onConflict((conflict) => conflict.column("event_id").doNothing())
            .returning("event_id"),
        )
        .insertInto("currency_totals")
        .columns(["currency", "confirmed", "cancelled", "products_sold", "revenue"])
        .expression((query) =>
          query
            .selectFrom("counted")
            .select([
              sql<string>`${added.currency}::text`.as("currency"),
              sql<number>`${added.confirmed}::bigint`.as("confirmed"),
              sql<number>`${added.cancelled}::bigint`.as("cancelled"),
              sql<number>`${added.productsSold}::bigint`.as("products_sold"),
              sql<number>`${added.revenue}::bigint`.as("revenue"),
            ]),
        )
        .onConflict((conflict) =>
          conflict.column("currency").doUpdateSet({
            confirmed: sql`currency_totals.confirmed + excluded.confirmed`,
            cancelled: sql`currency_totals.cancelled + excluded.cancelled`,
            products_sold: sql`currency_totals.products_sold + excluded.products_sold`,
            // JSON carries integers exactly up to 2^53 - 1. There revenue stays, instead of failing every reader.
            revenue: sql`least(currency_totals.revenue + excluded.revenue, ${Number.MAX_SAFE_INTEGER})`,
          }),
        )
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },

    async read(): Promise<Statistics> {
      // One statement, so that the totals and the time that they count from belong together.
      const rows = await database
        .selectFrom("period")
        .leftJoin("currency_totals", (join) => join.onTrue())
        .select(["since", "currency", "confirmed", "cancelled", "products_sold as productsSold", "revenue"])
        .orderBy("currency")
        .execute();
      const [first] = rows;
      if (!first) throw new Error("the table period has lost its only row");
      // Before the first order the join finds no totals.
      const totals = rows.filter((row): row is typeof row & CurrencyTotals => row.currency !== null);
      return summarise(totals, first.since);
    },

    /** Counts from zero again. Events counted before stay counted: delivered once more, they add nothing. */
    async reset(): Promise<void> {
      await database.transaction().execute(async (trx) => {
        await trx
          .updateTable("period")
          .set({ since: sql`now()` })
          .execute();
        await trx.deleteFrom("currency_totals").execute();
      });
    },
  };
}
