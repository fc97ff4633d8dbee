import type { Money } from "@mall/kit";
import type { Localized } from "./catalogue/catalogue-types.ts";

export interface Product {
  id: string;
  slug: string;
  position: number;
  category: string;
  name: Localized;
  description: Localized;
  /** Further words that people search by. */
  keywords: Localized;
  /** Slugs of what goes well with it, best first. */
  related: string[];
  /** For one unit, before the discount. */
  price: Money;
  /** A whole percentage, 0 to 100. */
  discountPercent: number;
  /** Units that can be sold now. */
  stock: number;
  weightGrams: number;
  /** Path of its picture. */
  image: string;
}
