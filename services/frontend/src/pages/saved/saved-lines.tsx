import type { Product } from "../../clients/product-client.ts";
import { Price } from "../../components/price.tsx";
import { Stock } from "../../components/stock.tsx";
import type { Prices } from "../../prices.ts";
import { useView } from "../../view.ts";

/** What somebody may buy another time: on the wish list's page, and below the cart. */
export function SavedLines({ products, prices }: { products: readonly Product[]; prices: Prices }) {
  const { locale } = useView();
  return (
    <ul class="cart-lines">
      {products.map((product) => (
        <li key={product.id}>
          <article class="cart-line" data-testid="saved-line" data-product-id={product.id}>
            <img src={product.image} alt="" width="400" height="400" />
            <div class="cart-line-text">
              <h3>
                <a href={`/products/${product.slug}`}>{product.name[locale]}</a>
              </h3>
              <Stock left={product.stock} />
              <SavedActions id={product.id} name={product.name[locale]} available={product.stock > 0} />
            </div>
            <Price tag={prices.of(product)} discountPercent={product.discountPercent} />
          </article>
        </li>
      ))}
    </ul>
  );
}

function SavedActions({ id, name, available }: { id: string; name: string; available: boolean }) {
  const { t } = useView();
  return (
    <div class="line-actions">
      {available && (
        <form method="post" action={`/saved/items/${id}/move`}>
          <button class="button button-quiet" type="submit" aria-label={t.saved.moveNamed(name)}>
            {t.saved.move}
          </button>
        </form>
      )}
      <form method="post" action={`/saved/items/${id}/remove`}>
        <button class="button-link" type="submit" aria-label={t.cart.removeNamed(name)}>
          {t.cart.remove}
        </button>
      </form>
    </div>
  );
}
