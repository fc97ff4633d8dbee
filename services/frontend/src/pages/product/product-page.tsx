import { annotate, type Answer, NotFound, type Route, route } from "@mall/kit";
import { z } from "zod";
import type { Product } from "../../clients/product-client.ts";
import { countryChoice, countryOf } from "../../countries.ts";
import type { FieldProblem } from "../../forms/field-problem.ts";
import { optional } from "../../optional.ts";
import { viewedOn } from "../../recently-viewed.ts";
import type { Shop } from "../../shop.ts";
import type { Visit } from "../../visit.ts";
import type { Delivery } from "./delivery-estimate.tsx";
import { aboutProduct } from "./product-about.ts";
import { ProductView } from "./product-view.tsx";

/** What was typed into the form of the page and not accepted. */
export interface TypedQuantity {
  quantity: string;
  problem: FieldProblem | undefined;
}

export type ShowProduct = (visit: Visit, product: Product, options?: Options) => Promise<Answer>;
interface Options {
  country?: string | undefined;
  typed?: TypedQuantity;
}

const mostRelated = 4;

/** Shows a product with everything around it, none of which it needs: each part may be missing. */
export const createShowProduct =
  ({ showPage, catalogue, pricesIn, ads, shipping }: Shop): ShowProduct =>
  async (visit, product, { country = countryOf[visit.locale], typed } = {}) => {
    const line = { productId: product.id, quantity: 1 };
    const [prices, shownAds = [], quote, shelf, categories = []] = await Promise.all([
      pricesIn(visit.currency),
      optional(ads.forContext(product.category, 2)),
      optional(shipping.quote([line], country)),
      optional(catalogue.shelf()),
      optional(catalogue.categories()),
    ]);
    const delivery: Delivery = { country, quote };
    const related = shelf && relatedTo(product, shelf);
    const viewed = viewedOn(shelf ?? [], visit.viewed, product.slug);
    const category = categories.find((each) => each.slug === product.category);
    visit.rememberViewed(product.slug);
    const at = `/products/${product.slug}`;
    return showPage(visit, {
      title: product.name[visit.locale],
      description: product.description[visit.locale],
      publicPath: at,
      about: aboutProduct(visit, product, { prices, category }),
      body: (
        <ProductView
          {...{ product, prices, related, viewed, delivery, typed }}
          ad={shownAds.find(({ productSlug }) => productSlug !== product.slug)}
        />
      ),
      ...(typed?.problem && { status: 422, at }),
    });
  };

export const productPage = (shop: Shop, showProduct: ShowProduct): Route =>
  route({
    method: "get",
    path: "/products/{slug}",
    summary: "A product, with an advertisement, what goes with it, and what sending it costs",
    params: z.object({ slug: z.string().max(100) }),
    query: z.object({ country: countryChoice.optional().catch(undefined) }),
    answers: { 200: "text/html" },
    problems: [404],
    async handle({ params: { slug }, query: { country }, request, response }) {
      const visit = shop.openVisit(request, response);
      const product = await shop.catalogue.find(slug);
      if (!product) throw new NotFound(`There is no product "${slug}".`);
      annotate({ "mall.product.id": product.id });
      return showProduct(visit, product, { country });
    },
  });

/** What the catalogue recommends, filled up with others of the category. */
function relatedTo({ slug, category, related }: Product, shelf: readonly Product[]): Product[] {
  const bySlug = new Map(shelf.map((each) => [each.slug, each]));
  const recommended = related.flatMap((each) => bySlug.get(each) ?? []);
  const neighbours = shelf.filter((each) => each.category === category && each.slug !== slug);
  return [...new Set([...recommended, ...neighbours])].slice(0, mostRelated);
}
