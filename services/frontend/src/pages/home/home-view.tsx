import type { Ad } from "../../clients/ad-client.ts";
import type { Stats } from "../../clients/info-client.ts";
import type { Product } from "../../clients/product-client.ts";
import { AdBanner } from "../../components/ad-banner.tsx";
import { Icon } from "../../components/icon.tsx";
import { PriceNotice } from "../../components/notice.tsx";
import { ProductGrid } from "../../components/product-grid.tsx";
import { countries } from "../../countries.ts";
import type { Prices } from "../../prices.ts";
import { useView } from "../../view.ts";
import { CategoryTiles } from "./category-tiles.tsx";
import { mostReduced, oneOfEach, spreadOver } from "./selection.ts";

interface HomeViewProps {
  products: readonly Product[];
  prices: Prices;
  viewed: readonly Product[];
  ad: Ad | undefined;
  figures: Stats | undefined;
}

export function HomeView({ products, prices, viewed, ad, figures }: HomeViewProps) {
  const { t } = useView();
  return (
    <>
      <Hero products={products} />
      <PriceNotice prices={prices} />
      <section aria-labelledby="categories">
        <h2 id="categories">{t.home.categories}</h2>
        <CategoryTiles products={products} />
      </section>
      <section aria-labelledby="offers">
        <header class="section-title">
          <h2 id="offers">{t.home.onSale}</h2>
          <a class="more-link" href="/search?reduced=yes">
            {t.home.allOffers}
            <Icon name="arrow" />
          </a>
        </header>
        <ProductGrid products={mostReduced(products)} prices={prices} />
      </section>
      {viewed.length > 0 && (
        <section aria-labelledby="viewed" data-testid="viewed">
          <h2 id="viewed">{t.shop.recentlyViewed}</h2>
          <ProductGrid products={viewed} prices={prices} row />
        </section>
      )}
      <AdBanner ad={ad} />
      <section aria-labelledby="selection">
        <h2 id="selection">{t.home.selection}</h2>
        <ProductGrid products={oneOfEach(products)} prices={prices} />
      </section>
      <Figures figures={figures} />
    </>
  );
}

function Hero({ products }: Pick<HomeViewProps, "products">) {
  const { t, locale } = useView();
  return (
    <section class="hero">
      <div class="hero-text">
        <h1>{t.home.lead}</h1>
        <p>{t.home.text(countries.length)}</p>
        <a class="button" href="/search">
          {t.home.browse}
        </a>
      </div>
      <ul class="hero-pictures">
        {spreadOver(products, 3).map(({ id, slug, name, image }) => (
          <li key={id}>
            <a href={`/products/${slug}`}>
              <img src={image} alt={name[locale]} width="400" height="400" />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Figures({ figures }: Pick<HomeViewProps, "figures">) {
  const { t } = useView();
  if (!figures) return <p class="quiet">{t.home.noFigures}</p>;
  // A shop that has just opened has nothing to tell.
  if (figures.orders.confirmed === 0) return null;
  return <p class="quiet">{t.home.figures(figures.orders.confirmed, figures.productsSold)}</p>;
}
