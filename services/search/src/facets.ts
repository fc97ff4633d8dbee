import type { CatalogueDocument } from "./catalogue-document.ts";

export interface CategoryFacet {
  slug: string;
  count: number;
}

/** Both ends are included and in minor units of USD, so that they can be given back as `minPrice` and `maxPrice`. */
export interface PriceFacet {
  min: number;
  /** Null for no upper end. */
  max: number | null;
  count: number;
}

const bands: readonly Omit<PriceFacet, "count">[] = [
  { min: 0, max: 24_99 },
  { min: 25_00, max: 49_99 },
  { min: 50_00, max: 99_99 },
  { min: 100_00, max: 199_99 },
  { min: 200_00, max: null },
];

/** The categories that occur, in the catalogue's order. */
export function categoryFacets(documents: readonly CatalogueDocument[]): CategoryFacet[] {
  const counts = new Map<string, number>();
  for (const { category } of documents) counts.set(category, (counts.get(category) ?? 0) + 1);
  return [...counts].map(([slug, count]) => ({ slug, count }));
}

/** All price bands, empty ones too, so that a page's filter doesn't jump about. */
export const priceFacets = (documents: readonly CatalogueDocument[]): PriceFacet[] =>
  bands.map(({ min, max }) => ({
    min,
    max,
    count: documents.filter(
      ({ discountedPrice }) => discountedPrice >= min && (max === null || discountedPrice <= max),
    ).length,
  }));
