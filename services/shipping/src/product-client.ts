import { type HttpClient, rememberEach } from "@mall/kit";
import { z } from "zod";
import type { ParcelItem } from "./parcel.ts";

export type ProductClient = ReturnType<typeof createProductClient>;

const answer = z.object({ items: z.array(z.object({ id: z.string(), weightGrams: z.int().positive() })) });

/** A weight changes with a release of the catalogue, and a journey asks for it five times: it is kept for a while. */
export function createProductClient(http: HttpClient, weightsForMs: number) {
  const weights = rememberEach(async (ids) => {
    const { items } = await http.request({
      method: "GET",
      path: "/products",
      query: { ids: ids.join(",") },
      answer,
    });
    return new Map(items.map(({ id, weightGrams }) => [id, weightGrams]));
  }, weightsForMs);

  return {
    /** Grams of one unit, by product id; a product that the catalogue does not know is left out. */
    weightsOf: (items: readonly ParcelItem[]): Promise<ReadonlyMap<string, number>> =>
      weights(items.map(({ productId }) => productId)),
  };
}
