import type { Purchase } from "../../clients/checkout-client.ts";
import type { Product } from "../../clients/product-client.ts";
import { quantityText } from "../../forms/text-rules.ts";

/** What is being checked out. */
export interface Sale {
  purchase: Purchase;
  session: string;
  /** The page of its form, which the form is posted to as well. */
  path: string;
  /** Of the one product that is bought now. */
  buyNow: boolean;
  /** Whether the quantity that was typed can be bought; if not, the sale is of one. */
  quantityAccepted: boolean;
}

export const cartSale = (session: string): Sale => ({
  purchase: { cartId: session },
  session,
  path: "/checkout",
  buyNow: false,
  quantityAccepted: true,
});

export function buyNowSale(session: string, { id, slug }: Product, typedQuantity: string): Sale {
  const quantity = quantityText.safeParse(typedQuantity);
  return {
    purchase: { line: { productId: id, quantity: quantity.data ?? 1 } },
    session,
    path: `/buy-now/${slug}`,
    buyNow: true,
    quantityAccepted: quantity.success,
  };
}
