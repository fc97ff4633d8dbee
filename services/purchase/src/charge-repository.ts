import type { Database, Executor } from "@mall/kit";
import type { Charge, ChargeRequest, RefusalCode } from "./charge.ts";
import type { PurchaseSchema } from "./migrations/schema.ts";

/** How a pending charge ended. */
export interface Settlement {
  state: "captured" | "declined" | "voided";
  refusal: RefusalCode | null;
}

export type ChargeRepository = ReturnType<typeof createChargeRepository>;

/**
 * One charge per order. Every verb is one atomic statement, or locks the order's row for as long as its own few take.
 */
export function createChargeRepository(database: Database<PurchaseSchema>) {
  const inTransaction = <T>(work: (trx: Executor<PurchaseSchema>) => Promise<T>) =>
    database.transaction().execute(work);

  async function findExisting(orderId: string): Promise<Charge> {
    return toCharge(await charges(database).where("order_id", "=", orderId).executeTakeFirstOrThrow());
  }

  return {
    async find(orderId: string): Promise<Charge | undefined> {
      const row = await charges(database).where("order_id", "=", orderId).executeTakeFirst();
      return row && toCharge(row);
    },

    /** Writes down that the order is about to be charged; the charge that it already has wins. */
    async open({ orderId, cardId, amount }: ChargeRequest): Promise<Charge> {
      const opened = await database
        .insertInto("charges")
        .values({
          order_id: orderId,
          state: "pending",
          card_id: cardId,
          amount: amount.amount,
          currency: amount.currency,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning(columns)
        .executeTakeFirst();
      return opened ? toCharge(opened) : findExisting(orderId);
    },

    /** Writes down how a pending charge ended. One that is not pending any more stays as it is. */
    async settle(orderId: string, { state, refusal }: Settlement): Promise<Charge> {
      const settled = await database
        .updateTable("charges")
        .set({ state, refusal })
        .where("order_id", "=", orderId)
        .where("state", "=", "pending")
        .returning(columns)
        .executeTakeFirst();
      return settled ? toCharge(settled) : findExisting(orderId);
    },

    /** Closes the order's charge; from now on none can be taken. An order without one gets a tombstone. */
    beginReversal: (orderId: string): Promise<Charge> =>
      inTransaction(async (trx) => {
        await trx
          .insertInto("charges")
          .values({ order_id: orderId, state: "voided" })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        const charge = await lock(trx, orderId);
        const open = charge.state === "pending" || charge.state === "captured";
        return open ? update(trx, orderId, { state: "reversing" }) : charge;
      }),

    /** Writes down how a reversal ended; repeating it changes nothing. */
    endReversal: (orderId: string, state: "refunded" | "voided"): Promise<Charge> =>
      inTransaction(async (trx) => {
        const charge = await lock(trx, orderId);
        return charge.state === "reversing" ? update(trx, orderId, { state }) : charge;
      }),
  };
}

const columns = ["order_id", "state", "card_id", "amount", "currency", "refusal", "created_at"] as const;

const charges = (executor: Executor<PurchaseSchema>) => executor.selectFrom("charges").select(columns);
type ChargeRow = Awaited<ReturnType<ReturnType<typeof charges>["executeTakeFirstOrThrow"]>>;

const lock = async (trx: Executor<PurchaseSchema>, orderId: string): Promise<Charge> =>
  toCharge(await charges(trx).where("order_id", "=", orderId).forUpdate().executeTakeFirstOrThrow());

const update = async (
  trx: Executor<PurchaseSchema>,
  orderId: string,
  change: Partial<Pick<Charge, "state" | "refusal">>,
): Promise<Charge> =>
  toCharge(
    await trx
      .updateTable("charges")
      .set(change)
      .where("order_id", "=", orderId)
      .returning(columns)
      .executeTakeFirstOrThrow(),
  );

const toCharge = (row: ChargeRow): Charge => ({
  orderId: row.order_id,
  state: row.state,
  cardId: row.card_id,
  amount:
    row.amount === null || row.currency === null ? null : { amount: row.amount, currency: row.currency },
  refusal: row.refusal,
  createdAt: row.created_at,
});
