import type { CatalogueDocument, Locale } from "./catalogue-document.ts";
import type { CatalogueIndex } from "./catalogue-index.ts";
import { type CategoryFacet, categoryFacets, type PriceFacet, priceFacets } from "./facets.ts";
import { cursorAfter, orderingBy, readCursor, type Sort } from "./ordering.ts";

export interface SearchQuery {
  /** What was typed; undefined for everything. */
  q?: string | undefined;
  category?: string | undefined;
  /** Bounds of the discounted price, both included, in minor units of USD. */
  minPrice?: number | undefined;
  maxPrice?: number | undefined;
  /** Only what has a discount. */
  reduced?: boolean;
  /** Only what can be bought now. */
  inStock?: boolean;
  sort: Sort;
  locale: Locale;
}

export interface SearchPage {
  items: CatalogueDocument[];
  next: string | null;
  /** Hits before paging. */
  total: number;
  /** Each counted without the filter of its own, so that it shows what else could be chosen. */
  facets: { categories: CategoryFacet[]; prices: PriceFacet[]; reduced: number; inStock: number };
}

/** One page of what matches, best first. Throws `BadRequest` for a cursor that is not one of this query's. */
export function searchCatalogue(
  index: CatalogueIndex,
  query: SearchQuery,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): SearchPage {
  const after = readCursor(cursor, query);
  const scores = query.q === undefined ? undefined : index.text.match(query.q, query.locale);
  const matching = index.documents.filter(({ id }) => !scores || scores.has(id));
  /** What all filters but one let pass. */
  const passing = (without?: keyof typeof filters): CatalogueDocument[] =>
    matching.filter((document) =>
      Object.entries(filters).every(([name, passes]) => name === without || passes(document, query)),
    );
  const hits = passing();

  const { positionOf, compare } = orderingBy(query.sort, query.locale, scores);
  const rest = hits
    .map((document) => ({ document, position: positionOf(document) }))
    .filter(({ position }) => !after || compare(position, after) > 0)
    .toSorted((a, b) => compare(a.position, b.position));
  const page = rest.slice(0, limit);
  const last = page.at(-1);

  return {
    items: page.map(({ document }) => document),
    next: last && rest.length > limit ? cursorAfter(last.position, query) : null,
    total: hits.length,
    facets: {
      categories: categoryFacets(passing("category")),
      prices: priceFacets(passing("price")),
      reduced: passing("reduced").filter(isReduced).length,
      inStock: passing("inStock").filter(isInStock).length,
    },
  };
}

const mostSuggestions = 8;

/** The products that somebody may be about to type, best first. */
export function suggestProducts(index: CatalogueIndex, typed: string, locale: Locale): CatalogueDocument[] {
  const scores = index.text.suggest(typed, locale);
  return index.documents
    .filter(({ id }) => scores.has(id))
    .toSorted((a, b) => (scores.get(b.id) ?? 0) - (scores.get(a.id) ?? 0))
    .slice(0, mostSuggestions);
}

const isReduced = ({ discountPercent }: CatalogueDocument): boolean => discountPercent > 0;
const isInStock = ({ stock }: CatalogueDocument): boolean => stock > 0;

const filters = {
  category: (document: CatalogueDocument, { category }: SearchQuery): boolean =>
    category === undefined || document.category === category,
  price: ({ discountedPrice }: CatalogueDocument, { minPrice = 0, maxPrice = Infinity }: SearchQuery) =>
    discountedPrice >= minPrice && discountedPrice <= maxPrice,
  reduced: (document: CatalogueDocument, { reduced }: SearchQuery) => !reduced || isReduced(document),
  inStock: (document: CatalogueDocument, { inStock }: SearchQuery) => !inStock || isInStock(document),
};
