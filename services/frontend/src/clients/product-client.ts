import { type HttpClient, isRefusal, money } from "@mall/kit";
import { z } from "zod";
import { localized } from "../i18n/locale.ts";
import { readListing } from "./listing.ts";

const product = z.object({
  id: z.string(),
  slug: z.string(),
  category: z.string(),
  name: localized,
  description: localized,
  /** Slugs of what goes well with it, best first. */
  related: z.array(z.string()),
  price: money,
  discountPercent: z.int(),
  /** Units that can be bought now. */
  stock: z.int(),
  weightGrams: z.int(),
  /** Path of its picture, the same here as at the product service. */
  image: z.string(),
});
export type Product = z.output<typeof product>;

const category = z.object({ slug: z.string(), name: localized, description: localized });
export type Category = z.output<typeof category>;

const productPage = z.object({ items: z.array(product), next: z.string().nullable() });
const categoryList = z.object({ items: z.array(category) });

/** More ids the product service refuses: a full cart and a full wish list are two questions. */
const mostAtOnce = 100;

export interface ProductListing {
  category?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

export type ProductClient = ReturnType<typeof createProductClient>;

export const createProductClient = (http: HttpClient) => ({
  /** By slug or id; undefined when there is none. */
  async find(slugOrId: string): Promise<Product | undefined> {
    const call = { method: "GET", path: "/products/{product}", params: { product: slugOrId } } as const;
    try {
      return await http.request({ ...call, answer: product });
    } catch (error) {
      if (isRefusal(error, 404)) return undefined;
      throw error;
    }
  },

  list({ category: slug, cursor, limit }: ProductListing): Promise<z.output<typeof productPage>> {
    const query = { category: slug, cursor, limit };
    return readListing(() => http.request({ method: "GET", path: "/products", query, answer: productPage }));
  },

  /** Those of the ids that are sold, by id. */
  async findMany(ids: readonly string[]): Promise<ReadonlyMap<string, Product>> {
    const portions = Array.from({ length: Math.ceil(ids.length / mostAtOnce) }, (_, at) =>
      ids.slice(at * mostAtOnce, (at + 1) * mostAtOnce),
    );
    const found = await Promise.all(
      portions.map(async (portion) => {
        const call = { method: "GET", path: "/products", query: { ids: portion.join(",") } } as const;
        return (await http.request({ ...call, answer: productPage })).items;
      }),
    );
    return new Map(found.flat().map((item) => [item.id, item]));
  },

  async categories(): Promise<Category[]> {
    return (await http.request({ method: "GET", path: "/categories", answer: categoryList })).items;
  },

  /** A picture as SVG text; undefined when there is none of that name. */
  async picture(file: string): Promise<string | undefined> {
    const call = { method: "GET", path: "/images/{file}", params: { file } } as const;
    try {
      return await http.request({ ...call, text: true, answer: z.string() });
    } catch (error) {
      if (isRefusal(error, 404)) return undefined;
      throw error;
    }
  },
});
