import { annotate, NotFound, type Route, route } from "@mall/kit";
import { z } from "zod";
import type { Product } from "../../clients/product-client.ts";
import { optional } from "../../optional.ts";
import { seeOther } from "../../page.tsx";
import type { Shop } from "../../shop.ts";
import { typedCheckout, untouched } from "./checkout-form.ts";
import { createShowCheckout } from "./checkout-page.tsx";
import { buyNowSale, cartSale } from "./sale.ts";
import { createSubmitCheckout } from "./submit-checkout.tsx";

/** A slow card, and a card that has to be asked twice, are waited for. Milliseconds. */
const placeOrderMs = 14_000;

const slugParams = z.object({ slug: z.string().max(100) });
const formAnswers = { 200: "text/html", 303: null, 422: "text/html", 503: "text/html" };
const placeAnswers = {
  ...formAnswers,
  402: "text/html",
  409: "text/html",
  502: "text/html",
  504: "text/html",
};

export function checkoutRoutes(shop: Shop): Route[] {
  const { openVisit, profiles, catalogue } = shop;
  const showCheckout = createShowCheckout(shop);
  const submitCheckout = createSubmitCheckout(shop, showCheckout);

  async function findProduct(slug: string): Promise<Product> {
    const product = await catalogue.find(slug);
    if (!product) throw new NotFound(`There is no product "${slug}".`);
    annotate({ "mall.product.id": product.id });
    return product;
  }

  return [
    route({
      method: "get",
      path: "/checkout",
      summary: "Check out the cart: address, card, and exactly what will be charged",
      answers: formAnswers,
      async handle({ request, response }) {
        const visit = openVisit(request, response);
        if (!visit.session) return seeOther("/cart");
        const profile = await optional(profiles.find(visit.session));
        return showCheckout(visit, cartSale(visit.session), { typed: untouched(visit, profile, "") });
      },
    }),
    route({
      method: "post",
      path: "/checkout",
      summary: "Order the cart, or work its total out again",
      bodyType: "form",
      body: typedCheckout,
      answers: placeAnswers,
      timeoutMs: placeOrderMs,
      async handle({ body, request, response }) {
        const visit = openVisit(request, response);
        if (!visit.session) return seeOther("/cart");
        return submitCheckout(visit, cartSale(visit.session), body);
      },
    }),
    route({
      method: "get",
      path: "/buy-now/{slug}",
      summary: "Check out one product, whatever is in the cart",
      params: slugParams,
      query: z.object({ quantity: z.string().max(10).default("1") }),
      answers: formAnswers,
      problems: [404],
      async handle({ params: { slug }, query: { quantity }, request, response }) {
        const visit = openVisit(request, response);
        const [product, profile] = await Promise.all([
          findProduct(slug),
          optional(profiles.find(visit.session)),
        ]);
        // Begun here and not by the post: repeated after a lost answer, it must come from the same session.
        const sale = buyNowSale(visit.ensureSession(), product, quantity);
        return showCheckout(visit, sale, { typed: untouched(visit, profile, quantity) });
      },
    }),
    route({
      method: "post",
      path: "/buy-now/{slug}",
      summary: "Order one product, or work its total out again",
      bodyType: "form",
      params: slugParams,
      body: typedCheckout,
      answers: placeAnswers,
      problems: [404],
      timeoutMs: placeOrderMs,
      async handle({ params: { slug }, body, request, response }) {
        const visit = openVisit(request, response);
        const sale = buyNowSale(visit.ensureSession(), await findProduct(slug), body.quantity);
        return submitCheckout(visit, sale, body);
      },
    }),
  ];
}
