import type { Product } from "./clients/product-client.ts";

/** Kept by the shopper's browser and nowhere else: what somebody has only looked at is nobody's business. */
export const viewedCookie = "mall_viewed";

const mostViewed = 7;
const slugForm = /^[a-z\d-]{1,60}$/;

export const viewedIn = (cookie: string | undefined): string[] =>
  (cookie ?? "")
    .split(".")
    .filter((slug) => slugForm.test(slug))
    .slice(0, mostViewed);

export const withViewed = (viewed: readonly string[], slug: string): string =>
  [slug, ...viewed.filter((each) => each !== slug)].slice(0, mostViewed).join(".");

/** Those of the viewed products that are on the shelf, the latest first, without the one that is looked at now. */
export function viewedOn(shelf: readonly Product[], viewed: readonly string[], now?: string): Product[] {
  const bySlug = new Map(shelf.map((product) => [product.slug, product]));
  return viewed.filter((slug) => slug !== now).flatMap((slug) => bySlug.get(slug) ?? []);
}
