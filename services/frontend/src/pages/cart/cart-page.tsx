import { type Answer, type Route, route } from "@mall/kit";
import { z } from "zod";
import type { CartLine } from "../../clients/cart-client.ts";
import type { Product } from "../../clients/product-client.ts";
import { messagesOf } from "../../i18n/messages.ts";
import type { Shop } from "../../shop.ts";
import type { Visit } from "../../visit.ts";
import { CartView, type TypedLine } from "./cart-view.tsx";

/** What the page before has done, told once in the address it leads to. */
export const cartNews = z.enum(["added", "too-many"]);
export type CartNews = z.output<typeof cartNews>;

/** A line of the cart; without a product when it is not sold any more. */
export interface PricedLine extends CartLine {
  product: Product | undefined;
}

export type ShowCart = (
  visit: Visit,
  options?: { news?: CartNews | undefined; typed?: TypedLine },
) => Promise<Answer>;

export const createShowCart =
  ({ showPage, carts, catalogue, pricesIn }: Shop): ShowCart =>
  async (visit, { news, typed } = {}) => {
    const pricesLater = pricesIn(visit.currency);
    const lines = visit.session ? await carts.lines(visit.session, "cart") : [];
    const [products, prices] = await Promise.all([
      catalogue.findMany(lines.map(({ productId }) => productId)),
      pricesLater,
    ]);
    visit.rememberCartSize(lines.length);
    const priced = lines.map((line) => ({ ...line, product: products.get(line.productId) }));
    return showPage(visit, {
      title: messagesOf(visit.locale).cart.title,
      body: <CartView lines={priced} prices={prices} news={news} typed={typed} />,
      ...(typed && { status: 422, at: "/cart" }),
    });
  };

export const cartPage = ({ openVisit }: Shop, showCart: ShowCart): Route =>
  route({
    method: "get",
    path: "/cart",
    summary: "The cart, at today's prices",
    query: z.object({ news: cartNews.optional().catch(undefined) }),
    answers: { 200: "text/html" },
    handle: ({ query: { news }, request, response }) => showCart(openVisit(request, response), { news }),
  });
