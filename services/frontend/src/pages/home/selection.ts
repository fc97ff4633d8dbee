import type { Product } from "../../clients/product-client.ts";

const mostOnSale = 4;

export const mostReduced = (products: readonly Product[]): Product[] =>
  products
    .filter(({ discountPercent, stock }) => discountPercent > 0 && stock > 0)
    .toSorted((a, b) => b.discountPercent - a.discountPercent)
    .slice(0, mostOnSale);

/** One of each category that is not reduced: neither what the offers show nor what stands for the category. */
export function oneOfEach(products: readonly Product[]): Product[] {
  const found = new Map<string, Product>();
  const first = new Set<string>();
  for (const product of products) {
    const { category, discountPercent } = product;
    if (first.has(category) && discountPercent === 0 && !found.has(category)) found.set(category, product);
    first.add(category);
  }
  return [...found.values()];
}

/** So many products from all over the catalogue, the same ones every time. */
export const spreadOver = (products: readonly Product[], count: number): Product[] =>
  Array.from(
    { length: count },
    (_, at) => products[Math.floor(((at + 0.5) * products.length) / count)],
  ).filter((product) => product !== undefined);
