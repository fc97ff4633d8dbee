import { annotate, type Route, route } from "@mall/kit";
import { z } from "zod";
import { optional } from "../optional.ts";
import { seeOther } from "../page.tsx";
import type { Shop } from "../shop.ts";

/** Counts the click and goes to the product, whether or not it could be counted. */
export const adClick = ({ ads }: Shop): Route =>
  route({
    method: "post",
    path: "/ads/{id}/clicks",
    summary: "Follow an advertisement to its product",
    bodyType: "form",
    params: z.object({ id: z.string().regex(/^[\w-]{1,100}$/) }),
    body: z.object({ product: z.string().regex(/^[a-z\d-]{1,100}$/) }),
    answers: { 303: null },
    async handle({ params: { id }, body: { product } }) {
      annotate({ "mall.ad.id": id });
      await optional(ads.click(id));
      return seeOther(`/products/${product}`);
    },
  });
