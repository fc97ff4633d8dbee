import { sumMoney } from "@mall/kit";
import { Amount } from "../../components/price.tsx";
import { useView } from "../../view.ts";
import { DeliveryEstimate } from "../product/delivery-estimate.tsx";
import type { CartViewProps } from "./cart-view.tsx";

/** What the cart comes to. Shipping is an estimate: only checkout knows the address, and has the last word. */
export function CartSummary({
  lines,
  delivery,
  prices,
}: Pick<CartViewProps, "lines" | "delivery" | "prices">) {
  const { t } = useView();
  const totals = lines.flatMap(({ product, quantity }) =>
    product ? [prices.of(product, quantity).pay] : [],
  );
  const subtotal = sumMoney(totals, prices.currency);
  const shipping = delivery.quote && prices.convert(delivery.quote.price);
  return (
    <section class="summary" aria-label={t.checkout.summary}>
      <dl class="totals">
        <dt>{t.cart.subtotal}</dt>
        <dd data-testid="subtotal">
          <Amount of={subtotal} />
        </dd>
        {shipping && (
          <>
            <dt>{t.cart.estimatedShipping}</dt>
            <dd data-testid="estimated-shipping">
              <Amount of={shipping} />
            </dd>
            <dt class="total">{t.cart.estimatedTotal}</dt>
            <dd class="total" data-testid="estimated-total">
              <Amount of={sumMoney([subtotal, shipping], prices.currency)} />
            </dd>
          </>
        )}
      </dl>
      <a class="button button-wide" href="/checkout" data-testid="to-checkout">
        {t.cart.checkout}
      </a>
      <p class="quiet">{t.cart.beforeShipping}</p>
      <DeliveryEstimate delivery={delivery} page="/cart" prices={prices} />
      <a class="button-link" href="/search">
        {t.cart.goOn}
      </a>
    </section>
  );
}
