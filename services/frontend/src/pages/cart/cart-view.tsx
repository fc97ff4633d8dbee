import { EmptyState } from "../../components/empty-state.tsx";
import { Notice, PriceNotice } from "../../components/notice.tsx";
import type { Product } from "../../clients/product-client.ts";
import type { Prices } from "../../prices.ts";
import { useView } from "../../view.ts";
import type { Delivery } from "../product/delivery-estimate.tsx";
import { SavedLines } from "../saved/saved-lines.tsx";
import { CartLineView } from "./cart-line.tsx";
import type { CartNews, PricedLine } from "./cart-page.tsx";
import { CartSummary } from "./cart-summary.tsx";

/** A quantity that was typed for a line and not accepted. */
export interface TypedLine {
  productId: string;
  quantity: string;
}

export interface CartViewProps {
  lines: readonly PricedLine[];
  /** What was saved for later; undefined when it cannot be read. */
  saved: readonly Product[] | undefined;
  /** What was removed a moment ago. */
  undo: { product: Product; quantity: number } | undefined;
  delivery: Delivery;
  prices: Prices;
  news: CartNews | undefined;
  typed: TypedLine | undefined;
}

export function CartView(props: CartViewProps) {
  const { lines, saved, undo, delivery, prices, news, typed } = props;
  const { t } = useView();
  return (
    <>
      <header class="page-title">
        <h1>{t.cart.title}</h1>
      </header>
      <PriceNotice prices={prices} />
      {news === "added" && lines.length > 0 && <Notice tone="done">{t.cart.added}</Notice>}
      {news === "too-many" && <Notice tone="problem">{t.cart.tooMany}</Notice>}
      {undo && <Removed {...undo} />}
      {lines.length === 0 ? (
        <EmptyState title={t.cart.empty} hint={t.cart.emptyHint} />
      ) : (
        <div class="with-summary">
          <ul class="cart-lines">
            {lines.map((line) => (
              <li key={line.productId}>
                <CartLineView
                  line={line}
                  prices={prices}
                  typed={typed?.productId === line.productId ? typed : undefined}
                />
              </li>
            ))}
          </ul>
          <CartSummary lines={lines} delivery={delivery} prices={prices} />
        </div>
      )}
      {saved === undefined && <p class="quiet">{t.cart.savedMissing}</p>}
      {saved !== undefined && saved.length > 0 && (
        <section aria-labelledby="saved-for-later" data-testid="saved-for-later">
          <h2 id="saved-for-later">{t.cart.savedTitle}</h2>
          <SavedLines products={saved} prices={prices} heading="h3" />
        </section>
      )}
    </>
  );
}

function Removed({ product, quantity }: NonNullable<CartViewProps["undo"]>) {
  const { t, locale } = useView();
  return (
    <Notice tone="done" testId="removed">
      <form class="field-row" method="post" action="/cart/items">
        <span>{t.cart.removed(product.name[locale])}</span>
        <input type="hidden" name="productId" value={product.id} />
        <input type="hidden" name="quantity" value={quantity} />
        <button class="button-link" type="submit">
          {t.cart.undo}
        </button>
      </form>
    </Notice>
  );
}
