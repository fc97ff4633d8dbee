import { annotate, InvalidInput, noContent, ok, type Route, route } from "@mall/kit";
import { z } from "zod";
import { type Cart, type ListName, mostLines, mostOfOne } from "./cart.ts";
import type { CartRepository } from "./cart-repository.ts";
import type { ProductClient } from "./product-client.ts";

interface Dependencies {
  carts: CartRepository;
  products: ProductClient;
}

const quantity = z.int().min(1).max(mostOfOne);
const line = z.strictObject({ productId: z.uuid(), quantity });
const cartBody = z.object({ id: z.string(), items: z.array(line) }).meta({ id: "Cart" });
const cartParams = z.object({
  id: z
    .string()
    .min(1)
    .max(100)
    // PostgreSQL takes no NUL, and no session is named with what cannot be seen.
    .regex(/^\P{Cc}*$/u, { error: "must not contain control characters" })
    .meta({ description: "Any opaque session id" }),
});
const lineParams = cartParams.extend({ productId: z.uuid() });

const where: Record<ListName, { path: string; noun: string }> = {
  cart: { path: "/carts/{id}", noun: "cart" },
  saved: { path: "/carts/{id}/saved", noun: "wish list" },
};

/** The endpoints of one of a session's lists; both lists have the same ones. */
export function createRoutes(list: ListName, { carts, products }: Dependencies): Route[] {
  const { path, noun } = where[list];

  async function assertKnown(ids: readonly string[]): Promise<void> {
    const unknown = await products.unknownAmong(ids);
    if (unknown.length === 0) return;
    throw new InvalidInput("Choose products of the catalogue.", [
      { field: "productId", message: `there is no product ${unknown.join(", ")}` },
    ]);
  }

  return [
    route({
      method: "get",
      path,
      summary: `The ${noun}; an empty one for a session that has none yet`,
      params: cartParams,
      answers: { 200: cartBody },
      handle: async ({ params: { id } }) => answer(await carts.find(id, list)),
    }),
    route({
      method: "put",
      path: `${path}/items/{productId}`,
      summary: `Set the quantity of one product in the ${noun}`,
      params: lineParams,
      body: z.strictObject({ quantity }),
      answers: { 200: cartBody },
      async handle({ params: { id, productId }, body }) {
        await assertKnown([productId]);
        return answer(await carts.setLine(id, list, { productId, ...body }));
      },
    }),
    route({
      method: "post",
      path: `${path}/items`,
      summary: `Add products to the ${noun}, all or none`,
      params: cartParams,
      body: z.strictObject({ items: z.array(line).min(1).max(mostLines) }),
      answers: { 200: cartBody },
      async handle({ params: { id }, body: { items } }) {
        await assertKnown(items.map(({ productId }) => productId));
        return answer(await carts.addLines(id, list, items));
      },
    }),
    route({
      method: "delete",
      path: `${path}/items/{productId}`,
      summary: `Take a product out of the ${noun}`,
      params: lineParams,
      answers: { 204: null },
      async handle({ params: { id, productId } }) {
        await carts.removeLine(id, list, productId);
        return noContent();
      },
    }),
    route({
      method: "delete",
      path,
      summary: `Empty the ${noun}`,
      params: cartParams,
      answers: { 204: null },
      async handle({ params: { id } }) {
        await carts.empty(id, list);
        return noContent();
      },
    }),
  ];
}

function answer(cart: Cart) {
  annotate({ "mall.cart.size": cart.items.length });
  return ok(cart);
}
