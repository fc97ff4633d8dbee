import type { HttpClient } from "@mall/kit";
import { z } from "zod";
import type { ParcelItem } from "./parcel.ts";

export type ProductClient = ReturnType<typeof createProductClient>;

const answer = z.object({ items: z.array(z.object({ id: z.string(), weightGrams: z.int().positive() })) });

export const createProductClient = (http: HttpClient) => ({
  /** Grams of one unit, by product id; a product that the catalogue does not know is left out. */
  async weightsOf(items: readonly ParcelItem[]): Promise<ReadonlyMap<string, number>> {
    const ids = new Set(items.map(({ productId }) => productId));
    const { items: products } = await http.request({
      method: "GET",
      path: "/products",
      query: { ids: [...ids].join(",") },
      answer,
    });
    return new Map(products.map(({ id, weightGrams }) => [id, weightGrams]));
  },
});
