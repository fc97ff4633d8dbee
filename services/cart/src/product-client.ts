import { type HttpClient, rememberEach } from "@mall/kit";
import { z } from "zod";

export type ProductClient = ReturnType<typeof createProductClient>;

const answer = z.object({ items: z.array(z.object({ id: z.string() })) });

/** A product disappears with a release of the catalogue, and whoever shows the cart looks again. Milliseconds. */
const knownForMs = 30_000;

export function createProductClient(http: HttpClient) {
  const known = rememberEach(async (ids) => {
    const query = { ids: ids.join(",") };
    const { items } = await http.request({ method: "GET", path: "/products", query, answer });
    return new Map(items.map(({ id }) => [id, true]));
  }, knownForMs);

  return {
    /** Which of the ids are no product of the catalogue. */
    async unknownAmong(ids: readonly string[]): Promise<string[]> {
      const found = await known(ids);
      return ids.filter((id) => !found.has(id));
    },
  };
}
