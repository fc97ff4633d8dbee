import { Conflict, type Database, type Executor, NotFound } from "@mall/kit";
import { sql } from "kysely";
import type { ProductSchema } from "./migrations/schema.ts";
import { inLockOrder, type Reservation, type ReservedLine, sameLines } from "./reservation.ts";

export type ReservationRepository = ReturnType<typeof createReservationRepository>;

/** Reservations and the stock that they take: both change in one transaction or not at all. */
export function createReservationRepository(database: Database<ProductSchema>, holdSeconds: number) {
  const untilExpiry = () => new Date(Date.now() + holdSeconds * 1000);

  return {
    /**
     * Takes the lines' stock for the order. Repeating it with the same lines answers the same reservation.
     * Throws `Conflict`: `sold-out` naming the products, `reservation-closed` when it was released or has expired,
     * `reservation-differs` when the order holds other lines.
     */
    hold(orderId: string, lines: readonly ReservedLine[]): Promise<Reservation> {
      return database.transaction().execute(async (trx) => {
        const inserted = await trx
          .insertInto("reservations")
          .values({
            order_id: orderId,
            state: "held",
            lines: JSON.stringify(lines),
            expires_at: untilExpiry(),
          })
          .onConflict((conflict) => conflict.doNothing())
          .returning(columns)
          .executeTakeFirst();
        if (!inserted) return stillOpen(await lockOrThrow(trx, orderId), lines);
        await takeStock(trx, lines);
        return inserted;
      });
    },

    /**
     * Makes the reservation final. One that has expired takes its stock again if it is still there.
     * Throws `NotFound`, or `Conflict`: `sold-out`, `reservation-closed`.
     */
    async commit(orderId: string): Promise<Reservation> {
      // Nearly always it is held, and then one statement does it.
      const committed = await database
        .updateTable("reservations")
        .set({ state: "committed" })
        .where("order_id", "=", orderId)
        .where("state", "=", "held")
        .returning(columns)
        .executeTakeFirst();
      if (committed) return committed;
      return database.transaction().execute(async (trx) => {
        const reservation = await lockOrThrow(trx, orderId);
        if (reservation.state === "committed") return reservation;
        if (reservation.state === "released") throw closed(reservation);
        if (reservation.state === "expired") await takeStock(trx, reservation.lines);
        return setState(trx, orderId, "committed");
      });
    },

    /** Gives the stock back, once. An unknown order is remembered as released, so that it can't take stock later. */
    release(orderId: string): Promise<Reservation> {
      return database.transaction().execute(async (trx) => {
        const tombstone = await trx
          .insertInto("reservations")
          .values({ order_id: orderId, state: "released", lines: "[]", expires_at: new Date() })
          .onConflict((conflict) => conflict.doNothing())
          .returning(columns)
          .executeTakeFirst();
        if (tombstone) return tombstone;
        const { state, lines } = await lockOrThrow(trx, orderId);
        if (state === "held" || state === "committed") await returnStock(trx, lines);
        return setState(trx, orderId, "released");
      });
    },

    /** Gives back the stock of every reservation that nobody has come back for. Resolves with their number. */
    expire(): Promise<number> {
      return database.transaction().execute(async (trx) => {
        const expired = await trx
          .updateTable("reservations")
          .set({ state: "expired" })
          .where(({ eb, selectFrom }) =>
            eb(
              "order_id",
              "in",
              selectFrom("reservations")
                .select("order_id")
                .where("state", "=", "held")
                .where("expires_at", "<", sql<Date>`now()`)
                .orderBy("expires_at")
                .limit(100)
                .forUpdate()
                .skipLocked(),
            ),
          )
          .returning("lines")
          .execute();
        await returnStock(
          trx,
          expired.flatMap(({ lines }) => lines),
        );
        return expired.length;
      });
    },
  };
}

const columns = ["order_id as orderId", "state", "lines", "expires_at as expiresAt"] as const;

async function lockOrThrow(trx: Executor<ProductSchema>, orderId: string): Promise<Reservation> {
  const reservation = await trx
    .selectFrom("reservations")
    .select(columns)
    .where("order_id", "=", orderId)
    .forUpdate()
    .executeTakeFirst();
  if (!reservation) throw new NotFound(`There is no reservation for order ${orderId}.`);
  return reservation;
}

const setState = (
  trx: Executor<ProductSchema>,
  orderId: string,
  state: Reservation["state"],
): Promise<Reservation> =>
  trx
    .updateTable("reservations")
    .set({ state })
    .where("order_id", "=", orderId)
    .returning(columns)
    .executeTakeFirstOrThrow();

function stillOpen(reservation: Reservation, lines: readonly ReservedLine[]): Reservation {
  if (reservation.state === "released" || reservation.state === "expired") throw closed(reservation);
  if (sameLines(reservation.lines, lines)) return reservation;
  throw new Conflict("reservation-differs", "This order has reserved other products already.");
}

const closed = ({ state }: Reservation) =>
  new Conflict("reservation-closed", `The reservation was ${state}. Place a new order.`);

async function takeStock(trx: Executor<ProductSchema>, lines: readonly ReservedLine[]): Promise<void> {
  const soldOut: string[] = [];
  for (const { productId, quantity } of inLockOrder(lines)) {
    const taken = await trx
      .updateTable("products")
      .set({ available: sql`available - ${quantity}` })
      .where("id", "=", productId)
      .where("available", ">=", quantity)
      .executeTakeFirst();
    if (taken.numUpdatedRows === 0n) soldOut.push(productId);
  }
  if (soldOut.length === 0) return;
  throw new Conflict("sold-out", "Not enough is left in stock. Choose fewer, or something else.", {
    extensions: { products: soldOut },
  });
}

async function returnStock(trx: Executor<ProductSchema>, lines: readonly ReservedLine[]): Promise<void> {
  for (const { productId, quantity } of inLockOrder(lines)) {
    await trx
      .updateTable("products")
      .set({ available: sql`available + ${quantity}` })
      .where("id", "=", productId)
      .execute();
  }
}
