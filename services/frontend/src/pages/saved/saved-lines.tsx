import type { Product } from "../../clients/product-client.ts";
import { Price } from "../../components/price.tsx";
import { Stock } from "../../components/stock.tsx";
import { Whose } from "../../components/whose.tsx";
import type { Prices } from "../../prices.ts";
import { useView } from "../../view.ts";

interface SavedLinesProps {
  products: readonly Product[];
  prices: Prices;
  /** Of each product: one level below the heading that the list stands under. */
  heading: "h2" | "h3";
}

/** What somebody may buy another time: on the wish list's page, and below the cart. */
export function SavedLines({ products, prices, heading: Heading }: SavedLinesProps) {
  const { locale } = useView();
  return (
    <ul class="cart-lines">
      {products.map((product) => (
        <li key={product.id}>
          <article class="cart-line" data-testid="saved-line" data-product-id={product.id}>
            <img src={product.image} alt="" width="400" height="400" />
            <div class="cart-line-text">
              <Heading>
                <a href={`/products/${product.slug}`}>{product.name[locale]}</a>
              </Heading>
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
          <button class="button button-quiet" type="submit">
            {t.saved.move}
            <Whose name={name} />
          </button>
        </form>
      )}
      <form method="post" action={`/saved/items/${id}/remove`}>
        <button class="button-link" type="submit">
          {t.cart.remove}
          <Whose name={name} />
        </button>
      </form>
    </div>
  );
}
