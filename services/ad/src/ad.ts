export interface Ad {
  id: string;
  /** Slug of the product category that it suits, or `generalContext`. */
  context: string;
  /** Slug of the product that it is for. */
  productSlug: string;
  text: Localized;
  /** Path of the product's picture. */
  image: string;
}

export type Localized = Readonly<Record<"ko" | "en" | "es", string>>;

/** Where an ad suits everybody: the home page, and every context that has no ads of its own. */
export const generalContext = "general";

/** The ads of one context; pictures are the products' own. */
export const adsFor = (context: string, ads: readonly Omit<Ad, "context" | "image">[]): Ad[] =>
  ads.map((ad) => ({ ...ad, context, image: `/images/${ad.productSlug}.svg` }));
