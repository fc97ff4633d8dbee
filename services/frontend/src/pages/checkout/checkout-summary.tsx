import { formatMoney } from "@mall/kit";
import { Icon } from "../../components/icon.tsx";
import { OrderLines, Totals } from "../../components/order-lines.tsx";
import { useView } from "../../view.ts";
import type { CheckoutViewProps } from "./checkout-view.tsx";

interface CheckoutSummaryProps extends Pick<CheckoutViewProps, "sale" | "quote" | "totalMissing"> {
  canPay: boolean;
}

export function CheckoutSummary({ sale, quote, totalMissing, canPay }: CheckoutSummaryProps) {
  const { t, locale } = useView();
  const canOrder = canPay && quote !== undefined && quote.problems.length === 0;
  return (
    <section class="summary" aria-label={t.checkout.summary} aria-live="polite" data-quote>
      <h2>{t.checkout.summary}</h2>
      {quote ? (
        <>
          <input type="hidden" name="expectedAmount" value={quote.total.amount} />
          <input type="hidden" name="expectedCurrency" value={quote.total.currency} />
          <OrderLines lines={quote.lines} />
          <Totals {...quote} />
          <p class="quiet with-icon">
            <Icon name="truck" />
            {`${t.product.delivery}: ${t.product.days(quote.days.min, quote.days.max)}`}
          </p>
        </>
      ) : (
        <p class="quiet">{totalMissing ? t.checkout.noTotalHere : t.checkout.noQuote}</p>
      )}
      {totalMissing && (
        <button class="button button-wide" type="submit" name="intent" value="update" formNoValidate>
          {t.errors.retry}
        </button>
      )}
      {canOrder && (
        <button
          class="button button-wide"
          type="submit"
          name="intent"
          value="place"
          data-testid="place-order"
        >
          {t.checkout.placeAt(formatMoney(quote.total, locale))}
        </button>
      )}
      {canOrder && (
        <p class="quiet with-icon">
          <Icon name="shield" />
          {t.checkout.promise}
        </p>
      )}
      {!sale.buyNow && (
        <a class="button-link" href="/cart">
          {t.checkout.backToCart}
        </a>
      )}
    </section>
  );
}
