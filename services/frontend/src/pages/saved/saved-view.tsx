import type { Product } from "../../clients/product-client.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { PriceNotice } from "../../components/notice.tsx";
import { Price } from "../../components/price.tsx";
import { Stock } from "../../components/stock.tsx";
import type { Prices } from "../../prices.ts";
import { useView } from "../../view.ts";

export function SavedView({ products, prices }: { products: readonly Product[]; prices: Prices }) {
  const { t, locale } = useView();
  return (
    <>
      <header class="page-title">
        <h1>{t.saved.title}</h1>
      </header>
      <PriceNotice prices={prices} />
      {products.length === 0 && <EmptyState title={t.saved.empty} hint={t.saved.emptyHint} />}
      <ul class="cart-lines">
        {products.map((product) => (
          <li key={product.id}>
            <article class="cart-line" data-testid="saved-line" data-product-id={product.id}>
              <img src={product.image} alt="" width="400" height="400" />
              <div class="cart-line-text">
                <h2>
                  <a href={`/products/${product.slug}`}>{product.name[locale]}</a>
                </h2>
                <Stock left={product.stock} quietWhenPlenty />
                <SavedActions id={product.id} name={product.name[locale]} />
              </div>
              <Price tag={prices.of(product)} discountPercent={product.discountPercent} />
            </article>
          </li>
        ))}
      </ul>
    </>
  );
}

function SavedActions({ id, name }: { id: string; name: string }) {
  const { t } = useView();
  return (
    <div class="line-actions">
      <form method="post" action={`/saved/items/${id}/move`}>
        <button class="button button-quiet" type="submit" aria-label={t.saved.moveNamed(name)}>
          {t.saved.move}
        </button>
      </form>
      <form method="post" action={`/saved/items/${id}/remove`}>
        <button class="button-link" type="submit" aria-label={t.cart.removeNamed(name)}>
          {t.cart.remove}
        </button>
      </form>
    </div>
  );
}
