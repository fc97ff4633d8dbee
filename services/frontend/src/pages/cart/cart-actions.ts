import { annotate, NotFound, type Route, route } from "@mall/kit";
import { z } from "zod";
import { quantityText, typedText } from "../../forms/text-rules.ts";
import { seeOther } from "../../page.tsx";
import type { Shop } from "../../shop.ts";
import type { ShowProduct } from "../product/product-page.tsx";
import type { ShowCart } from "./cart-page.tsx";

const lineParams = z.object({ productId: z.uuid() });

interface Pages {
  showCart: ShowCart;
  showProduct: ShowProduct;
}

/** The posts that change the cart. Each leads back to the cart, or shows again what was not accepted. */
export const cartActions = (
  { openVisit, carts, catalogue }: Shop,
  { showCart, showProduct }: Pages,
): Route[] => [
  route({
    method: "post",
    path: "/cart/items",
    summary: "Add a product to the cart",
    bodyType: "form",
    body: z.object({ productId: z.uuid(), quantity: typedText }),
    answers: { 303: null, 422: "text/html" },
    problems: [404],
    async handle({ body: { productId, quantity: typed }, request, response }) {
      const visit = openVisit(request, response);
      const quantity = quantityText.safeParse(typed);
      if (!quantity.success) {
        const product = await catalogue.find(productId);
        if (!product) throw new NotFound("There is no such product.");
        return showProduct(visit, product, { typed: { quantity: typed, problem: "quantity" } });
      }
      annotate({ "mall.product.id": productId });
      const change = await carts.add(visit.ensureSession(), "cart", { productId, quantity: quantity.data });
      if (change.outcome === "refused") return seeOther("/cart?news=too-many");
      visit.rememberCartSize(change.lines.length);
      return seeOther("/cart?news=added");
    },
  }),
  route({
    method: "post",
    path: "/cart/items/{productId}",
    summary: "Set how many of a product are in the cart",
    bodyType: "form",
    params: lineParams,
    body: z.object({ quantity: typedText }),
    answers: { 303: null, 422: "text/html" },
    async handle({ params: { productId }, body: { quantity: typed }, request, response }) {
      const visit = openVisit(request, response);
      const quantity = quantityText.safeParse(typed);
      if (!quantity.success) return showCart(visit, { typed: { productId, quantity: typed } });
      const line = { productId, quantity: quantity.data };
      const change = await carts.set(visit.ensureSession(), "cart", line);
      if (change.outcome === "refused") return seeOther("/cart?news=too-many");
      visit.rememberCartSize(change.lines.length);
      return seeOther("/cart");
    },
  }),
  route({
    method: "post",
    path: "/cart/items/{productId}/remove",
    summary: "Take a product out of the cart; the page that follows offers to put as many back",
    params: lineParams,
    query: z.object({ quantity: quantityText.optional().catch(undefined) }),
    answers: { 303: null },
    async handle({ params: { productId }, query: { quantity }, request, response }) {
      const visit = openVisit(request, response);
      if (visit.session) await carts.remove(visit.session, "cart", productId);
      return seeOther(quantity ? `/cart?news=removed&product=${productId}&quantity=${quantity}` : "/cart");
    },
  }),
  route({
    method: "post",
    path: "/cart/items/{productId}/save",
    summary: "Move a product from the cart to the wish list",
    params: lineParams,
    answers: { 303: null },
    async handle({ params: { productId }, request, response }) {
      const session = openVisit(request, response).ensureSession();
      // In this order: should the second call fail, the product is on both lists, not on none.
      const change = await carts.set(session, "saved", { productId, quantity: 1 });
      if (change.outcome === "refused") return seeOther("/cart?news=too-many");
      await carts.remove(session, "cart", productId);
      return seeOther("/cart");
    },
  }),
];
