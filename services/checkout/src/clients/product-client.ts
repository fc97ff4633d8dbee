import { Conflict, type HttpClient, isRefusal, money } from "@mall/kit";
import { z } from "zod";
import type { RequestedLine } from "../order.ts";

export type ProductClient = ReturnType<typeof createProductClient>;

const product = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.object({ ko: z.string(), en: z.string(), es: z.string() }),
  image: z.string(),
  price: money,
  discountPercent: z.int(),
  stock: z.int(),
});
export type PricedProduct = z.output<typeof product>;

const page = z.object({ items: z.array(product) });

export const createProductClient = (http: HttpClient) => ({
  /** Those of the ids that exist, by id. */
  async findMany(ids: readonly string[]): Promise<Map<string, PricedProduct>> {
    const query = { ids: ids.join(",") };
    const { items } = await http.request({ method: "GET", path: "/products", query, answer: page });
    return new Map(items.map((item) => [item.id, item]));
  },

  /** Holds the stock. Throws `Conflict` `sold-out`, naming the products. */
  async reserve(orderId: string, lines: readonly RequestedLine[]): Promise<void> {
    const body = { lines: lines.map(({ productId, quantity }) => ({ productId, quantity })) };
    await refusing(() =>
      http.request({ method: "PUT", path: "/reservations/{orderId}", params: { orderId }, body }),
    );
  },

  /** Makes the reservation final. Throws `Conflict` when it had expired and the stock is gone. */
  async commit(orderId: string): Promise<void> {
    await refusing(() =>
      http.request({
        method: "POST",
        path: "/reservations/{orderId}/commit",
        params: { orderId },
        idempotent: true,
      }),
    );
  },

  async release(orderId: string): Promise<void> {
    await http.request({ method: "DELETE", path: "/reservations/{orderId}", params: { orderId } });
  },
});

async function refusing(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!isRefusal(error, 409)) throw error;
    throw new Conflict(error.problemCode, error.problem.detail, {
      cause: error,
      extensions: { products: error.problem["products"] },
    });
  }
}
