import { z } from "zod";
import { type Search, sortings } from "../../clients/search-client.ts";

const minorUnits = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(Number)
  .optional()
  .catch(undefined);

/** A box that was ticked. */
const yes = z.enum(["yes", ""]).default("").catch("");

/**
 * An address of the search page. People edit and share addresses, so what cannot be read is left out instead of
 * refused. The price is a range `min-max` in minor units of the catalogue's currency; either end may be missing.
 */
export const searchQuery = z
  .object({
    q: z
      .string()
      .default("")
      .transform((text) => text.trim().slice(0, 100)),
    category: z.string().max(100).optional().catch(undefined),
    price: z.string().max(30).default(""),
    reduced: yes,
    inStock: yes,
    sort: z.enum(sortings).default("relevance").catch("relevance"),
    cursor: z.string().max(500).optional(),
  })
  .meta({ id: "SearchPageQuery" });

export type SearchQuery = z.output<typeof searchQuery>;

export function toSearch({ q, category, price, reduced, inStock, sort, cursor }: SearchQuery): Search {
  const [min, max] = price.split("-").map((end) => minorUnits.parse(end));
  return {
    q: q || undefined,
    category: category || undefined,
    minPrice: min,
    maxPrice: max,
    reduced: reduced === "yes",
    inStock: inStock === "yes",
    sort,
    cursor,
  };
}

/** Whether anything narrows the results down. */
export const isNarrowed = ({ category, price, reduced, inStock }: SearchQuery): boolean =>
  [category ?? "", price, reduced, inStock].some((choice) => choice !== "");

/** The filters as they stand in an address; what is not chosen is left out there. */
export const filtersOf = ({ price, reduced, inStock, sort }: SearchQuery) => ({
  price,
  reduced,
  inStock,
  ...(sort !== "relevance" && { sort }),
});

export const priceRange = (min: number, max: number | null): string => `${min}-${max ?? ""}`;
