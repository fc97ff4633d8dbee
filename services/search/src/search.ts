import type { CatalogueDocument, Locale } from "./catalogue-document.ts";
import type { CatalogueIndex } from "./catalogue-index.ts";
import { type CategoryFacet, categoryFacets, type PriceFacet, priceFacets } from "./facets.ts";
import { cursorAfter, orderingBy, readCursor, type Sort } from "./ordering.ts";

export interface SearchQuery {
  /** What was typed; undefined for everything. */
  q: string | undefined;
  category: string | undefined;
  /** Bounds of the discounted price, both included, in minor units of USD. */
  minPrice: number | undefined;
  maxPrice: number | undefined;
  sort: Sort;
  locale: Locale;
}

export interface SearchPage {
  items: CatalogueDocument[];
  next: string | null;
  /** Hits before paging. */
  total: number;
  /** Each counted without the filter of its own, so that it shows what else could be chosen. */
  facets: { categories: CategoryFacet[]; prices: PriceFacet[] };
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
  const affordable = matching.filter((document) => isInRange(document, query));
  const inCategory = matching.filter((document) => isInCategory(document, query));
  const hits = affordable.filter((document) => isInCategory(document, query));

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
    facets: { categories: categoryFacets(affordable), prices: priceFacets(inCategory) },
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

const isInCategory = ({ category }: CatalogueDocument, query: SearchQuery): boolean =>
  query.category === undefined || category === query.category;

const isInRange = ({ discountedPrice }: CatalogueDocument, { minPrice, maxPrice }: SearchQuery): boolean =>
  discountedPrice >= (minPrice ?? 0) && discountedPrice <= (maxPrice ?? Infinity);
