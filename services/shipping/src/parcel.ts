import { InvalidInput } from "@mall/kit";

export interface ParcelItem {
  productId: string;
  /** 1 to 999. */
  quantity: number;
}

/**
 * What all the items weigh together, in grams. Throws `InvalidInput` naming each item (`items.N.productId`) whose
 * product is not among `weights`, which holds the grams of one unit by product id.
 */
export function weigh(items: readonly ParcelItem[], weights: ReadonlyMap<string, number>): number {
  const unknown: number[] = [];
  let grams = 0;
  for (const [index, { productId, quantity }] of items.entries()) {
    const each = weights.get(productId);
    if (each === undefined) unknown.push(index);
    else grams += each * quantity;
  }
  if (unknown.length === 0) return grams;
  throw new InvalidInput(
    "Send products of the catalogue.",
    unknown.map((index) => ({ field: `items.${index}.productId`, message: "there is no such product" })),
  );
}
