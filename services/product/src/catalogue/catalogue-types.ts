export type Locale = "ko" | "en" | "es";

export type Localized = Readonly<Record<Locale, string>>;

export interface Category {
  readonly slug: string;
  readonly name: Localized;
  readonly description: Localized;
}

export interface CatalogueProduct {
  /** Stable for ever: orders and carts written long ago still point at it. */
  readonly id: string;
  readonly slug: string;
  /** Slug of the category. */
  readonly category: string;
  readonly name: Localized;
  readonly description: Localized;
  /** Words a shopper would type that stand in neither name nor description, separated by spaces. */
  readonly keywords?: Localized;
  /** For one unit before the discount, in US cents. The whole catalogue has one currency, so that it can be sorted. */
  readonly price: { readonly amount: number; readonly currency: "USD" };
  /** Whole percent off the price, 0 to 70. */
  readonly discountPercent: number;
  /** Units on the shelf of a freshly seeded shop. */
  readonly stock: number;
  /** Shipping weight of one unit, which quotes are made from. */
  readonly weightGrams: number;
  /** Path below the service's root, where the drawing is served. */
  readonly image: string;
  /** Slugs that go well with it, best first. */
  readonly related?: readonly string[];
}
