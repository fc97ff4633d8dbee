import type { HttpClient } from "@mall/kit";
import { z } from "zod";

export type ProductClient = ReturnType<typeof createProductClient>;

const answer = z.object({ items: z.array(z.object({ id: z.string() })) });

export const createProductClient = (http: HttpClient) => ({
  /** Which of the ids are no product of the catalogue. */
  async unknownAmong(ids: readonly string[]): Promise<string[]> {
    const { items } = await http.request({
      method: "GET",
      path: "/products",
      query: { ids: ids.join(",") },
      answer,
    });
    const known = new Set(items.map(({ id }) => id));
    return ids.filter((id) => !known.has(id));
  },
});
