import { InvalidInput } from "@mall/kit";

/** A session has two lists: what it is about to buy, and what it has saved for later. */
export type ListName = "cart" | "saved";

export interface CartLine {
  productId: string;
  /** 1 to `mostOfOne`. */
  quantity: number;
}

export interface Cart {
  id: string;
  /** In the order in which they were first added. */
  items: CartLine[];
}

export const mostOfOne = 99;
export const mostLines = 100;

export const tooManyOfOne = (productId: string) =>
  new InvalidInput(`At most ${mostOfOne} of one product fit in a list.`, [
    { field: "quantity", message: `would make more than ${mostOfOne} of ${productId}` },
  ]);

/** Throws `InvalidInput` when a list has grown too long. */
export function assertFits({ items }: Cart): void {
  if (items.length > mostLines)
    throw new InvalidInput(`A list holds at most ${mostLines} products. Remove some first.`, [
      { field: "items", message: `more than ${mostLines} products` },
    ]);
}
