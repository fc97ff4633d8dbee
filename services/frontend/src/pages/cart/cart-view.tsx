import { sumMoney } from "@mall/kit";
import { EmptyState } from "../../components/empty-state.tsx";
import { Notice, PriceNotice } from "../../components/notice.tsx";
import { Amount } from "../../components/price.tsx";
import type { Prices } from "../../prices.ts";
import { useView } from "../../view.ts";
import { CartLineView } from "./cart-line.tsx";
import type { CartNews, PricedLine } from "./cart-page.tsx";

/** A quantity that was typed for a line and not accepted. */
export interface TypedLine {
  productId: string;
  quantity: string;
}

interface CartViewProps {
  lines: readonly PricedLine[];
  prices: Prices;
  news: CartNews | undefined;
  typed: TypedLine | undefined;
}

export function CartView({ lines, prices, news, typed }: CartViewProps) {
  const { t } = useView();
  return (
    <>
      <header class="page-title">
        <h1>{t.cart.title}</h1>
      </header>
      <PriceNotice prices={prices} />
      {news === "added" && lines.length > 0 && <Notice tone="done">{t.cart.added}</Notice>}
      {news === "too-many" && <Notice tone="problem">{t.cart.tooMany}</Notice>}
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
          <CartSummary lines={lines} prices={prices} />
        </div>
      )}
    </>
  );
}

function CartSummary({ lines, prices }: Pick<CartViewProps, "lines" | "prices">) {
  const { t } = useView();
  const totals = lines.flatMap(({ product, quantity }) =>
    product ? [prices.of(product, quantity).pay] : [],
  );
  return (
    <section class="summary" aria-label={t.checkout.summary}>
      <dl class="totals">
        <dt>{t.cart.subtotal}</dt>
        <dd data-testid="subtotal">
          <Amount of={sumMoney(totals, prices.currency)} />
        </dd>
      </dl>
      <p class="quiet">{t.cart.beforeShipping}</p>
      <a class="button button-wide" href="/checkout" data-testid="to-checkout">
        {t.cart.checkout}
      </a>
      <a class="button-link" href="/search">
        {t.cart.goOn}
      </a>
    </section>
  );
}
