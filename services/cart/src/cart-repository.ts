import type { Database, Executor } from "@mall/kit";
import { sql } from "kysely";
import { assertFits, type Cart, type CartLine, type ListName, mostOfOne, tooManyOfOne } from "./cart.ts";
import type { CartSchema } from "./migrations/schema.ts";

export type CartRepository = ReturnType<typeof createCartRepository>;

/** Every verb answers the list as it is afterwards. A list that nobody has written to is empty, not missing. */
export function createCartRepository(database: Database<CartSchema>) {
  return {
    find: (id: string, list: ListName) => readList(database, id, list),

    /** Sets the quantity of one product. */
    setLine(id: string, list: ListName, { productId, quantity }: CartLine): Promise<Cart> {
      return database.transaction().execute(async (trx) => {
        await trx
          .insertInto("cart_lines")
          .values({ cart_id: id, list, product_id: productId, quantity })
          .onConflict((conflict) =>
            conflict.columns(["cart_id", "list", "product_id"]).doUpdateSet({ quantity }),
          )
          .execute();
        return readFitting(trx, id, list);
      });
    },

    /** Adds to what is there, all lines or none. Throws `InvalidInput` when a quantity grows too large. */
    addLines(id: string, list: ListName, lines: readonly CartLine[]): Promise<Cart> {
      return database.transaction().execute(async (trx) => {
        for (const { productId, quantity } of lines) {
          const added = await trx
            .insertInto("cart_lines")
            .values({ cart_id: id, list, product_id: productId, quantity })
            .onConflict((conflict) =>
              conflict
                .columns(["cart_id", "list", "product_id"])
                .doUpdateSet({ quantity: sql`cart_lines.quantity + excluded.quantity` })
                .where(sql<boolean>`cart_lines.quantity + excluded.quantity <= ${mostOfOne}`),
            )
            .executeTakeFirst();
          if (added.numInsertedOrUpdatedRows === 0n) throw tooManyOfOne(productId);
        }
        return readFitting(trx, id, list);
      });
    },

    async removeLine(id: string, list: ListName, productId: string): Promise<void> {
      await database
        .deleteFrom("cart_lines")
        .where("cart_id", "=", id)
        .where("list", "=", list)
        .where("product_id", "=", productId)
        .execute();
    },

    async empty(id: string, list: ListName): Promise<void> {
      await database.deleteFrom("cart_lines").where("cart_id", "=", id).where("list", "=", list).execute();
    },
  };
}

async function readList(executor: Executor<CartSchema>, id: string, list: ListName): Promise<Cart> {
  const items = await executor
    .selectFrom("cart_lines")
    .select(["product_id as productId", "quantity"])
    .where("cart_id", "=", id)
    .where("list", "=", list)
    .orderBy("added_at")
    .orderBy("product_id")
    .execute();
  return { id, items };
}

async function readFitting(executor: Executor<CartSchema>, id: string, list: ListName): Promise<Cart> {
  const cart = await readList(executor, id, list);
  assertFits(cart);
  return cart;
}
