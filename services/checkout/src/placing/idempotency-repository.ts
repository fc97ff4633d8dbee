import type { Database } from "@mall/kit";
import { sql } from "kysely";
import type { CheckoutSchema } from "../migrations/schema.ts";

export interface StoredAnswer {
  status: number;
  contentType: string;
  /** The exact text that was sent. */
  body: string;
}

export interface KeyRecord {
  requestHash: string;
  claimedAt: Date;
  answer: StoredAnswer | null;
}

export type IdempotencyRepository = ReturnType<typeof createIdempotencyRepository>;

export const createIdempotencyRepository = (database: Database<CheckoutSchema>) => ({
  /** Resolves with whether the key was free and is now the caller's. */
  async claim(key: string, requestHash: string): Promise<boolean> {
    const claimed = await database
      .insertInto("idempotency_keys")
      .values({ key, request_hash: requestHash })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return claimed.numInsertedOrUpdatedRows === 1n;
  },

  /** Takes over a claim whose owner seems to be gone; of several who try, one succeeds. */
  async takeOver(key: string, { claimedAt }: KeyRecord): Promise<boolean> {
    const taken = await database
      .updateTable("idempotency_keys")
      .set({ claimed_at: sql<Date>`now()` })
      .where("key", "=", key)
      .where("body", "is", null)
      .where(sql<boolean>`date_trunc('milliseconds', claimed_at) = ${claimedAt}`)
      .executeTakeFirst();
    return taken.numUpdatedRows === 1n;
  },

  find: (key: string): Promise<KeyRecord | undefined> => findRecord(database, key),

  /** Stores the first answer; a later one is dropped. Resolves with the one that stands. */
  async storeAnswer(key: string, answer: StoredAnswer): Promise<StoredAnswer> {
    const stored = await database
      .updateTable("idempotency_keys")
      .set({ status: answer.status, content_type: answer.contentType, body: answer.body })
      .where("key", "=", key)
      .where("body", "is", null)
      .executeTakeFirst();
    if (stored.numUpdatedRows === 1n) return answer;
    const standing = await findRecord(database, key);
    return standing?.answer ?? answer;
  },

  /** Gives the key back after a failure that left nothing behind, so that the same request may be tried again. */
  async release(key: string): Promise<void> {
    await database
      .deleteFrom("idempotency_keys")
      .where("key", "=", key)
      .where("body", "is", null)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom("orders").select("id").where("idempotency_key", "=", key))),
      )
      .execute();
  },
});

async function findRecord(database: Database<CheckoutSchema>, key: string): Promise<KeyRecord | undefined> {
  const row = await database
    .selectFrom("idempotency_keys")
    .selectAll()
    .where("key", "=", key)
    .executeTakeFirst();
  if (!row) return undefined;
  const { request_hash, claimed_at, status, content_type, body } = row;
  const answer = body === null || status === null ? null : { status, contentType: content_type ?? "", body };
  return { requestHash: request_hash, claimedAt: claimed_at, answer };
}
