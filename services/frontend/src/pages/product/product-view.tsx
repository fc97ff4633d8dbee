import type { Ad } from "../../clients/ad-client.ts";
import type { Product } from "../../clients/product-client.ts";
import { AdBanner } from "../../components/ad-banner.tsx";
import { PriceNotice } from "../../components/notice.tsx";
import { Price } from "../../components/price.tsx";
import { ProductGrid } from "../../components/product-grid.tsx";
import { QuantityField } from "../../components/quantity-field.tsx";
import { Stock } from "../../components/stock.tsx";
import { formatWeight } from "../../i18n/formats.ts";
import type { Prices } from "../../prices.ts";
import { useView } from "../../view.ts";
import { type Delivery, DeliveryEstimate } from "./delivery-estimate.tsx";
import type { TypedQuantity } from "./product-page.tsx";

interface ProductViewProps {
  product: Product;
  prices: Prices;
  related: readonly Product[];
  delivery: Delivery;
  ad: Ad | undefined;
  typed: TypedQuantity | undefined;
}

export function ProductView({ product, prices, related, delivery, ad, typed }: ProductViewProps) {
  const { t, locale, categories } = useView();
  const category = categories.find(({ slug }) => slug === product.category);
  return (
    <>
      <PriceNotice prices={prices} />
      <article class="product" data-testid="product" data-product-id={product.id}>
        <img
          class="product-picture"
          src={product.image}
          alt={product.name[locale]}
          width="400"
          height="400"
        />
        <div class="product-facts">
          {category && (
            <p class="eyebrow">
              <a href={`/categories/${category.slug}`}>{category.name[locale]}</a>
            </p>
          )}
          <h1>{product.name[locale]}</h1>
          <Price tag={prices.of(product)} discountPercent={product.discountPercent} />
          <Stock left={product.stock} />
          <p class="product-description">{product.description[locale]}</p>
          {product.stock > 0 && <BuyForm product={product} typed={typed} />}
          <SaveForm productId={product.id} />
          <dl class="facts">
            <dt>{t.product.weight}</dt>
            <dd>{formatWeight(product.weightGrams, locale)}</dd>
          </dl>
          <DeliveryEstimate delivery={delivery} slug={product.slug} prices={prices} />
        </div>
      </article>
      <AdBanner ad={ad} />
      {related.length > 0 && (
        <section>
          <h2>{t.product.related}</h2>
          <ProductGrid products={related} prices={prices} />
        </section>
      )}
    </>
  );
}

function BuyForm({ product: { id, slug }, typed }: Pick<ProductViewProps, "product" | "typed">) {
  const { t } = useView();
  return (
    <form
      class="buy"
      method="post"
      action="/cart/items"
      data-testid="add-to-cart"
      noValidate={typed !== undefined}
    >
      <input type="hidden" name="productId" value={id} />
      <QuantityField
        id="quantity"
        label={t.product.quantity}
        value={typed?.quantity ?? "1"}
        problem={typed?.problem}
      />
      <div class="actions">
        <button class="button" type="submit">
          {t.product.add}
        </button>
        <button class="button button-quiet" type="submit" formMethod="get" formAction={`/buy-now/${slug}`}>
          {t.product.buyNow}
        </button>
      </div>
    </form>
  );
}

function SaveForm({ productId }: { productId: string }) {
  const { t } = useView();
  return (
    <form method="post" action="/saved/items" data-testid="save">
      <input type="hidden" name="productId" value={productId} />
      <button class="button-link" type="submit">
        {t.product.save}
      </button>
    </form>
  );
}
