import type { Money } from "@mall/kit";

export const locales = ["ko", "en", "es"] as const;
export type Locale = (typeof locales)[number];
export type Localized = Readonly<Record<Locale, string>>;

/** One product as the index holds it. */
export interface CatalogueDocument {
  id: string;
  slug: string;
  /** Slug of its category. */
  category: string;
  categoryName: Localized;
  name: Localized;
  description: Localized;
  /** Further words that people search by. */
  keywords: Localized;
  /** For one unit, before the discount. */
  price: Money;
  /** A whole percentage, 0 to 100. */
  discountPercent: number;
  /** What one unit costs after the discount, in minor units of USD: filters, facets and sorting go by it. */
  discountedPrice: number;
  stock: number;
  image: string;
  /** Its place in the catalogue's own order, from 0. */
  place: number;
}
