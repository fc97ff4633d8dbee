import type { Ad } from "../../clients/ad-client.ts";
import type { Product } from "../../clients/product-client.ts";
import { AdBanner } from "../../components/ad-banner.tsx";
import { Breadcrumbs } from "../../components/breadcrumbs.tsx";
import { Notice, PriceNotice } from "../../components/notice.tsx";
import { Price } from "../../components/price.tsx";
import { ProductGrid } from "../../components/product-grid.tsx";
import { Stock } from "../../components/stock.tsx";
import { formatWeight } from "../../i18n/formats.ts";
import type { Prices } from "../../prices.ts";
import { useView } from "../../view.ts";
import { BuyForm, SaveForm } from "./buy-form.tsx";
import { type Delivery, DeliveryEstimate } from "./delivery-estimate.tsx";
import { Gallery } from "./gallery.tsx";
import type { TypedQuantity } from "./product-page.tsx";

export interface ProductViewProps {
  product: Product;
  prices: Prices;
  /** Undefined when the rest of the catalogue does not answer. */
  related: readonly Product[] | undefined;
  viewed: readonly Product[];
  delivery: Delivery;
  ad: Ad | undefined;
  typed: TypedQuantity | undefined;
}

export function ProductView(props: ProductViewProps) {
  const { product, prices, related, viewed, ad } = props;
  const { t, locale, categories = [] } = useView();
  const category = categories.find(({ slug }) => slug === product.category);
  const above = category ? [{ href: `/categories/${category.slug}`, text: category.name[locale] }] : [];
  return (
    <>
      <Breadcrumbs above={above} here={product.name[locale]} />
      <PriceNotice prices={prices} />
      <article class="product" data-testid="product" data-product-id={product.id}>
        <Gallery product={product} />
        <ProductFacts {...props} />
      </article>
      <AdBanner ad={ad} />
      {related === undefined && <p class="quiet">{t.product.noRelated}</p>}
      {related !== undefined && related.length > 0 && (
        <section aria-labelledby="related" id="related-products">
          <h2 id="related">{t.product.related}</h2>
          <ProductGrid products={related} prices={prices} />
        </section>
      )}
      {viewed.length > 0 && (
        <section aria-labelledby="viewed" data-testid="viewed">
          <h2 id="viewed">{t.shop.recentlyViewed}</h2>
          <ProductGrid products={viewed} prices={prices} row />
        </section>
      )}
    </>
  );
}

function ProductFacts({ product, prices, delivery, typed }: ProductViewProps) {
  const { t, locale } = useView();
  return (
    <div class="product-facts">
      <h1>{product.name[locale]}</h1>
      <Price tag={prices.of(product)} discountPercent={product.discountPercent} saying />
      <Stock left={product.stock} />
      <p class="product-description">{product.description[locale]}</p>
      {product.stock > 0 ? (
        <BuyForm product={product} typed={typed} />
      ) : (
        <Notice tone="info" testId="sold-out">
          {t.product.soldOutHint}
        </Notice>
      )}
      <SaveForm product={product} />
      <dl class="facts">
        <dt>{t.product.weight}</dt>
        <dd>{formatWeight(product.weightGrams, locale)}</dd>
      </dl>
      <DeliveryEstimate delivery={delivery} page={`/products/${product.slug}`} prices={prices} />
    </div>
  );
}
