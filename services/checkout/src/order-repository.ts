import { type Database, type Executor, type Page, toPage } from "@mall/kit";
import { type RawBuilder, type Selectable, sql } from "kysely";
import type { CheckoutSchema } from "./migrations/schema.ts";
import type { Order, OrderState, StepRecord } from "./order.ts";

export type OrderRepository = ReturnType<typeof createOrderRepository>;

export type NewOrder = Omit<
  Order,
  "state" | "trackingCode" | "failure" | "undoFrom" | "steps" | "attempts" | "createdAt"
> & {
  idempotencyKey: string;
};

/** What a run may change of the order that it works on. */
export interface OrderChange extends Partial<
  Pick<Order, "trackingCode" | "failure" | "undoFrom" | "attempts">
> {
  state?: OrderState;
  /** Appended to the order's history. */
  records?: readonly StepRecord[];
  dueAt: Date;
}

/** Where a list of a session's orders goes on. */
export interface OrderPosition {
  createdAt: string;
  id: string;
}

/** The order is worked on by another run now; this one must stop. */
export class LeaseLost extends Error {
  override name = "LeaseLost";
}

export function createOrderRepository(database: Database<CheckoutSchema>) {
  return {
    transaction: <T>(work: (trx: Executor<CheckoutSchema>) => Promise<T>): Promise<T> =>
      database.transaction().execute(work),

    /** Resolves with undefined when this idempotency key has an order already. */
    async insert(order: NewOrder, runId: string, dueAt: Date): Promise<Order | undefined> {
      const row = await database
        .insertInto("orders")
        .values({
          id: order.id,
          idempotency_key: order.idempotencyKey,
          session_id: order.buyer.sessionId,
          state: "pending",
          buyer: JSON.stringify(order.buyer),
          lines: JSON.stringify(order.lines),
          rates: JSON.stringify(order.rates),
          currency: order.total.currency,
          subtotal: order.subtotal.amount,
          shipping: order.shipping.amount,
          total: order.total.amount,
          run_id: runId,
          due_at: dueAt,
          traceparent: order.traceparent,
          baggage: order.baggage,
        })
        .onConflict((conflict) => conflict.column("idempotency_key").doNothing())
        .returningAll()
        .executeTakeFirst();
      return row && toOrder(row);
    },

    async find(id: string): Promise<Order | undefined> {
      const row = await database.selectFrom("orders").selectAll().where("id", "=", id).executeTakeFirst();
      return row && toOrder(row);
    },

    async findByIdempotencyKey(key: string): Promise<Order | undefined> {
      const row = await database
        .selectFrom("orders")
        .selectAll()
        .where("idempotency_key", "=", key)
        .executeTakeFirst();
      return row && toOrder(row);
    },

    /** A session's orders, newest first. */
    async list(sessionId: string, after: OrderPosition | undefined, limit: number): Promise<Page<Order>> {
      const rows = await database
        .selectFrom("orders")
        .selectAll()
        .where("session_id", "=", sessionId)
        .$if(after !== undefined, (query) =>
          query.where(
            sql<boolean>`(created_at, id) < (${after?.createdAt}::timestamptz, ${after?.id}::uuid)`,
          ),
        )
        .orderBy("created_at", "desc")
        .orderBy("id", "desc")
        .limit(limit + 1)
        .execute();
      return toPage(rows.map(toOrder), limit, ({ createdAt, id }) => ({
        createdAt: createdAt.toISOString(),
        id,
      }));
    },

    /**
     * Writes a run's progress, but only while the order is still its own and in the state in which it was read.
     * Throws `LeaseLost` otherwise.
     */
    async change(
      order: Order,
      runId: string,
      change: OrderChange,
      executor: Executor<CheckoutSchema> = database,
    ): Promise<Order> {
      const row = await executor
        .updateTable("orders")
        .set({
          due_at: change.dueAt,
          ...(change.state && { state: change.state }),
          ...(change.records && { steps: appended(change.records) }),
          ...(change.trackingCode !== undefined && { tracking_code: change.trackingCode }),
          ...(change.failure !== undefined && { failure: JSON.stringify(change.failure) }),
          ...(change.undoFrom !== undefined && { undo_from: change.undoFrom }),
          ...(change.attempts !== undefined && { attempts: change.attempts }),
        })
        .where("id", "=", order.id)
        .where("run_id", "=", runId)
        .where("state", "=", order.state)
        .returningAll()
        .executeTakeFirst();
      if (!row) throw new LeaseLost(`order ${order.id} is worked on elsewhere`);
      return toOrder(row);
    },

    /** Takes up unfinished orders that are due, for a new run each caller gives an id to. */
    async takeDue(runId: string, dueAt: Date, limit: number): Promise<Order[]> {
      const rows = await database
        .updateTable("orders")
        .set({ run_id: runId, due_at: dueAt })
        .where(({ eb, selectFrom }) =>
          eb(
            "id",
            "in",
            selectFrom("orders")
              .select("id")
              .where("state", "not in", ["confirmed", "cancelled"])
              .where("due_at", "<=", sql<Date>`now()`)
              .orderBy("due_at")
              .limit(limit)
              .forUpdate()
              .skipLocked(),
          ),
        )
        .returningAll()
        .execute();
      return rows.map(toOrder);
    },
  };
}

const appended = (records: readonly StepRecord[]): RawBuilder<string> =>
  sql`steps || ${JSON.stringify(records)}::jsonb`;

type OrderRow = Selectable<CheckoutSchema["orders"]>;

const toOrder = (row: OrderRow): Order => ({
  id: row.id,
  state: row.state,
  buyer: row.buyer,
  lines: row.lines,
  rates: row.rates,
  subtotal: { amount: row.subtotal, currency: row.currency },
  shipping: { amount: row.shipping, currency: row.currency },
  total: { amount: row.total, currency: row.currency },
  trackingCode: row.tracking_code,
  failure: row.failure,
  undoFrom: row.undo_from,
  steps: row.steps,
  attempts: row.attempts,
  traceparent: row.traceparent,
  baggage: row.baggage,
  createdAt: row.created_at,
});
