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
  /** The owner of the claim has shown no sign of life for a while. */
  abandoned: boolean;
  answer: StoredAnswer | null;
}

/** How often an owner renews its claim, and after how long without that it counts as dead. Milliseconds. */
export const renewEveryMs = 1_000;
const abandonedAfterMs = 3_500;

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

  /** A sign of life of the claim's owner. */
  async renew(key: string): Promise<void> {
    await unanswered(database, key)
      .set({ claimed_at: sql<Date>`now()` })
      .execute();
  },

  /** Takes over a claim whose owner shows no sign of life; of several who try, one succeeds. */
  async takeOver(key: string): Promise<boolean> {
    const taken = await unanswered(database, key)
      .set({ claimed_at: sql<Date>`now()` })
      .where(isAbandoned)
      .executeTakeFirst();
    return taken.numUpdatedRows === 1n;
  },

  find: (key: string): Promise<KeyRecord | undefined> => findRecord(database, key),

  /** Stores the first answer; a later one is dropped. Resolves with the one that stands. */
  async storeAnswer(key: string, answer: StoredAnswer): Promise<StoredAnswer> {
    const stored = await unanswered(database, key)
      .set({ status: answer.status, content_type: answer.contentType, body: answer.body })
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

// By the database's clock, which all instances share.
const isAbandoned = sql<boolean>`claimed_at < now() - ${abandonedAfterMs} * interval '1 millisecond'`;

const unanswered = (database: Database<CheckoutSchema>, key: string) =>
  database.updateTable("idempotency_keys").where("key", "=", key).where("body", "is", null);

async function findRecord(database: Database<CheckoutSchema>, key: string): Promise<KeyRecord | undefined> {
  const row = await database
    .selectFrom("idempotency_keys")
    .select(["request_hash", "status", "content_type", "body", isAbandoned.as("abandoned")])
    .where("key", "=", key)
    .executeTakeFirst();
  if (!row) return undefined;
  const { request_hash, status, content_type, body, abandoned } = row;
  const answer = body === null || status === null ? null : { status, contentType: content_type ?? "", body };
  return { requestHash: request_hash, abandoned, answer };
}
