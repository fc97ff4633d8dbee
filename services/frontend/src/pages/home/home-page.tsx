import { type Route, route } from "@mall/kit";
import { AdBanner } from "../../components/ad-banner.tsx";
import { PriceNotice } from "../../components/notice.tsx";
import { ProductGrid } from "../../components/product-grid.tsx";
import type { Ad } from "../../clients/ad-client.ts";
import type { Stats } from "../../clients/info-client.ts";
import type { Product } from "../../clients/product-client.ts";
import { countries } from "../../countries.ts";
import { messagesOf } from "../../i18n/messages.ts";
import { optional } from "../../optional.ts";
import type { Prices } from "../../prices.ts";
import type { Shop } from "../../shop.ts";
import { useView } from "../../view.ts";

const mostOnSale = 4;

export const homePage = ({ openVisit, showPage, catalogue, pricesIn, ads, stats }: Shop): Route =>
  route({
    method: "get",
    path: "/",
    summary: "The home page: what is reduced, and something of every category",
    answers: { 200: "text/html" },
    async handle({ request, response }) {
      const visit = openVisit(request, response);
      const [products, prices, shownAds = [], figures] = await Promise.all([
        catalogue.shelf(),
        pricesIn(visit.currency),
        optional(ads.forContext(undefined, 1)),
        optional(stats()),
      ]);
      const body = <Home products={products} prices={prices} ad={shownAds[0]} figures={figures} />;
      return showPage(visit, { title: messagesOf(visit.locale).shop.home, body });
    },
  });

interface HomeProps {
  products: readonly Product[];
  prices: Prices;
  ad: Ad | undefined;
  figures: Stats | undefined;
}

function Home({ products, prices, ad, figures }: HomeProps) {
  const { t } = useView();
  return (
    <>
      <section class="hero">
        <h1>{t.home.lead}</h1>
        <p>{t.home.text(countries.length)}</p>
        <a class="button" href="/search">
          {t.home.browse}
        </a>
      </section>
      <PriceNotice prices={prices} />
      <section>
        <h2>{t.home.onSale}</h2>
        <ProductGrid products={mostReduced(products)} prices={prices} />
      </section>
      <AdBanner ad={ad} />
      <section>
        <h2>{t.home.selection}</h2>
        <ProductGrid products={oneOfEach(products)} prices={prices} />
      </section>
      <Figures figures={figures} />
    </>
  );
}

function Figures({ figures }: Pick<HomeProps, "figures">) {
  const { t } = useView();
  if (!figures) return <p class="quiet">{t.home.noFigures}</p>;
  // A shop that has just opened has nothing to tell.
  if (figures.orders.confirmed === 0) return null;
  return <p class="quiet">{t.home.figures(figures.orders.confirmed, figures.productsSold)}</p>;
}

const mostReduced = (products: readonly Product[]): Product[] =>
  products
    .filter(({ discountPercent, stock }) => discountPercent > 0 && stock > 0)
    .toSorted((a, b) => b.discountPercent - a.discountPercent)
    .slice(0, mostOnSale);

/** The first of each category that is not reduced, so that nothing stands on the page twice. */
function oneOfEach(products: readonly Product[]): Product[] {
  const first = new Map<string, Product>();
  for (const product of products) {
    if (product.discountPercent === 0 && !first.has(product.category)) first.set(product.category, product);
  }
  return [...first.values()];
}
