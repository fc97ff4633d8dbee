import { type HttpClient, money } from "@mall/kit";
import { z } from "zod";
import { type Locale, localized } from "../i18n/locale.ts";
import { optionalCall } from "../optional.ts";

const hit = z.object({
  id: z.string(),
  slug: z.string(),
  category: z.string(),
  name: localized,
  price: money,
  discountPercent: z.int(),
  image: z.string(),
  stock: z.int(),
});
export type Hit = z.output<typeof hit>;

const results = z.object({
  items: z.array(hit),
  next: z.string().nullable(),
  total: z.int(),
  facets: z.object({
    categories: z.array(z.object({ slug: z.string(), count: z.int() })),
    /** In minor units of the catalogue's currency; the last range is open. */
    prices: z.array(z.object({ min: z.int(), max: z.int().nullable(), count: z.int() })),
    reduced: z.int(),
    inStock: z.int(),
  }),
});
export type Results = z.output<typeof results>;

export const suggestions = z.object({
  items: z.array(z.object({ text: z.string(), slug: z.string(), image: z.string() })),
});
export type Suggestion = z.output<typeof suggestions>["items"][number];

export const sortings = ["relevance", "price", "-price", "name"] as const;
export type Sorting = (typeof sortings)[number];

/** What is looked for. An absent `q` means everything. Prices are minor units of the catalogue's currency. */
export interface Search {
  q?: string | undefined;
  category?: string | undefined;
  minPrice?: number | undefined;
  maxPrice?: number | undefined;
  /** Only what has a discount. */
  reduced?: boolean;
  /** Only what can be bought now. */
  inStock?: boolean;
  sort?: Sorting | undefined;
  cursor?: string | undefined;
}

// The page is about nothing else, so it waits a little longer than for its extras.
export const searchPatienceMs = 800;
const searchCall = { timeoutMs: searchPatienceMs - 50, idempotent: false } as const;

export type SearchClient = ReturnType<typeof createSearchClient>;

export const createSearchClient = (http: HttpClient) => ({
  find: ({ reduced, inStock, ...search }: Search, locale: Locale, limit: number): Promise<Results> => {
    const only = { ...(reduced && { reduced: "true" }), ...(inStock && { inStock: "true" }) };
    const query = { ...search, ...only, locale, limit };
    return http.request({ method: "GET", path: "/search", query, ...searchCall, answer: results });
  },

  async suggest(q: string, locale: Locale): Promise<Suggestion[]> {
    const call = { method: "GET", path: "/search/suggest", query: { q, locale } } as const;
    return (await http.request({ ...call, ...optionalCall, answer: suggestions })).items;
  },
});
