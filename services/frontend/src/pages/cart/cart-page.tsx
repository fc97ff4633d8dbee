import { type Answer, type Route, route } from "@mall/kit";
import { z } from "zod";
import type { CartLine } from "../../clients/cart-client.ts";
import type { Product } from "../../clients/product-client.ts";
import { countryChoice, countryOf } from "../../countries.ts";
import { quantityText } from "../../forms/text-rules.ts";
import { messagesOf } from "../../i18n/messages.ts";
import { optional } from "../../optional.ts";
import type { Shop } from "../../shop.ts";
import type { Visit } from "../../visit.ts";
import { CartView, type TypedLine } from "./cart-view.tsx";

/** What the page before has done, told once in the address it leads to. */
export const cartNews = z.enum(["added", "removed", "too-many"]);
export type CartNews = z.output<typeof cartNews>;

const cartQuery = z.object({
  news: cartNews.optional().catch(undefined),
  /** What was removed, and how many of it, so that it can be put back. */
  product: z.uuid().optional().catch(undefined),
  quantity: quantityText.optional().catch(undefined),
  /** Where it would go, for the estimate. */
  country: countryChoice.optional().catch(undefined),
});
type CartQuery = z.output<typeof cartQuery>;

/** A line of the cart; without a product when it is not sold any more. */
export interface PricedLine extends CartLine {
  product: Product | undefined;
}

export type ShowCart = (visit: Visit, options?: CartQuery & { typed?: TypedLine }) => Promise<Answer>;

export const createShowCart =
  ({ showPage, carts, catalogue, pricesIn, shipping }: Shop): ShowCart =>
  async (visit, { news, product: removed, quantity, country = countryOf[visit.locale], typed } = {}) => {
    const { session } = visit;
    const pricesLater = pricesIn(visit.currency);
    const savedLater = session ? optional(carts.lines(session, "saved")) : [];
    const lines = session ? await carts.lines(session, "cart") : [];
    const saved = await savedLater;

    const ids = [...lines, ...(saved ?? [])].map(({ productId }) => productId);
    const [products, prices, delivery] = await Promise.all([
      catalogue.findMany([...new Set([...ids, ...(removed ? [removed] : [])])]),
      pricesLater,
      lines.length > 0 ? optional(shipping.quote(lines, country)) : undefined,
    ]);
    visit.rememberCartSize(lines.length);
    const undo = products.get(removed ?? "");
    const allSold = lines.every(({ productId }) => products.has(productId));
    return showPage(visit, {
      title: messagesOf(visit.locale).cart.title,
      body: (
        <CartView
          lines={lines.map((line) => ({ ...line, product: products.get(line.productId) }))}
          saved={saved?.flatMap(({ productId }) => products.get(productId) ?? [])}
          undo={news === "removed" && undo && quantity ? { product: undo, quantity } : undefined}
          delivery={{ country, quote: allSold ? delivery : undefined }}
          {...{ prices, news, typed }}
        />
      ),
      ...(typed && { status: 422, at: "/cart" }),
    });
  };

export const cartPage = ({ openVisit }: Shop, showCart: ShowCart): Route =>
  route({
    method: "get",
    path: "/cart",
    summary: "The cart, at today's prices, with what was saved for later and an estimate of shipping",
    query: cartQuery,
    answers: { 200: "text/html" },
    handle: ({ query, request, response }) => showCart(openVisit(request, response), query),
  });
