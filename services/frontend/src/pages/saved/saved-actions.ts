import { type Route, route } from "@mall/kit";
import { z } from "zod";
import { seeOther } from "../../page.tsx";
import type { Shop } from "../../shop.ts";

const lineParams = z.object({ productId: z.uuid() });

export const savedActions = ({ openVisit, carts }: Shop): Route[] => [
  route({
    method: "post",
    path: "/saved/items",
    summary: "Put a product on the wish list",
    bodyType: "form",
    body: z.object({ productId: z.uuid() }),
    answers: { 303: null },
    async handle({ body: { productId }, request, response }) {
      const session = openVisit(request, response).ensureSession();
      const change = await carts.set(session, "saved", { productId, quantity: 1 });
      return seeOther(change.outcome === "refused" ? "/cart?news=too-many" : "/saved");
    },
  }),
  route({
    method: "post",
    path: "/saved/items/{productId}/remove",
    summary: "Take a product off the wish list",
    params: lineParams,
    answers: { 303: null },
    async handle({ params: { productId }, request, response }) {
      const { session } = openVisit(request, response);
      if (session) await carts.remove(session, "saved", productId);
      return seeOther("/saved");
    },
  }),
  route({
    method: "post",
    path: "/saved/items/{productId}/move",
    summary: "Move a product from the wish list to the cart",
    params: lineParams,
    answers: { 303: null },
    async handle({ params: { productId }, request, response }) {
      const visit = openVisit(request, response);
      const session = visit.ensureSession();
      // In this order: should the second call fail, the product is on both lists, not on none.
      const change = await carts.add(session, "cart", { productId, quantity: 1 });
      if (change.outcome === "refused") return seeOther("/cart?news=too-many");
      visit.rememberCartSize(change.lines.length);
      await carts.remove(session, "saved", productId);
      return seeOther("/cart?news=added");
    },
  }),
];
