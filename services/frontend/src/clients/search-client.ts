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
  }),
});
export type Results = z.output<typeof results>;

const suggestions = z.object({ items: z.array(z.object({ text: z.string(), slug: z.string() })) });

export const sortings = ["relevance", "price", "-price", "name"] as const;
export type Sorting = (typeof sortings)[number];

/** What is looked for. An absent `q` means everything. Prices are minor units of the catalogue's currency. */
export interface Search {
  q?: string | undefined;
  category?: string | undefined;
  minPrice?: number | undefined;
  maxPrice?: number | undefined;
  sort?: Sorting | undefined;
  cursor?: string | undefined;
}

export type SearchClient = ReturnType<typeof createSearchClient>;

export const createSearchClient = (http: HttpClient) => ({
  find: (search: Search, locale: Locale, limit: number): Promise<Results> =>
    http.request({
      method: "GET",
      path: "/search",
      query: { ...search, locale, limit },
      answer: results,
      timeoutMs: 1_000,
      idempotent: false,
    }),

  async suggest(q: string, locale: Locale): Promise<{ text: string; slug: string }[]> {
    const call = { method: "GET", path: "/search/suggest", query: { q, locale } } as const;
    return (await http.request({ ...call, ...optionalCall, answer: suggestions })).items;
  },
});
