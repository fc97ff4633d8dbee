import type { Database } from "@mall/kit";
import { sql } from "kysely";
import type { PurchaseSchema } from "../migrations/schema.ts";
import type { Capture } from "./acquirer.ts";

export type AcquirerLedger = ReturnType<typeof createAcquirerLedger>;

/**
 * The acquirer's own books: one row for each reference it was ever asked about. It stands for another company's
 * database, so nothing here shares a transaction with a charge, and every write is one atomic statement.
 */
export function createAcquirerLedger(database: Database<PurchaseSchema>) {
  /** What has happened under a reference so far; undefined for one that was never asked about. */
  async function find(reference: string): Promise<"captured" | "reversed" | undefined> {
    const entry = await database
      .selectFrom("acquirer_ledger")
      .select("reversed_at")
      .where("reference", "=", reference)
      .executeTakeFirst();
    if (!entry) return undefined;
    return entry.reversed_at ? "reversed" : "captured";
  }

  return {
    find,

    /** Takes the money unless the reference is known. Resolves with whether it was this call that took it. */
    async capture({ reference, cardId, amount }: Capture): Promise<boolean> {
      const { numInsertedOrUpdatedRows } = await database
        .insertInto("acquirer_ledger")
        .values({
          reference,
          card_id: cardId,
          amount: amount.amount,
          currency: amount.currency,
          captured_at: now,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },

    /** Gives back what was captured, and forbids to capture later. Resolves with whether there was anything to give. */
    async reverse(reference: string): Promise<boolean> {
      const { captured_at } = await database
        .insertInto("acquirer_ledger")
        .values({ reference, reversed_at: now })
        .onConflict((conflict) =>
          conflict.column("reference").doUpdateSet({
            reversed_at: sql<Date>`coalesce(acquirer_ledger.reversed_at, excluded.reversed_at)`,
          }),
        )
        .returning("captured_at")
        .executeTakeFirstOrThrow();
      return captured_at !== null;
    },
  };
}

const now = sql<Date>`now()`;
