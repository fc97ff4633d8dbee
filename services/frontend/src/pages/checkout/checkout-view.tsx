import type { Currency } from "../../clients/currency-client.ts";
import type { Quote } from "../../clients/order.ts";
import type { Card } from "../../clients/purchase-client.ts";
import { AddressFields } from "../../components/address-fields.tsx";
import { checkedInPlace } from "../../components/checked-in-place.ts";
import { Notice } from "../../components/notice.tsx";
import { ProblemSummary } from "../../components/problem-summary.tsx";
import { QuantityField } from "../../components/quantity-field.tsx";
import type { FieldProblems } from "../../forms/field-problem.ts";
import { useView } from "../../view.ts";
import { CheckoutNotice } from "./checkout-notice.tsx";
import type { CheckoutNews } from "./checkout-page.tsx";
import { newIdempotencyKey, type TypedCheckout } from "./checkout-form.ts";
import { CheckoutSummary } from "./checkout-summary.tsx";
import { PaymentFields } from "./payment-fields.tsx";
import type { Sale } from "./sale.ts";

export interface CheckoutViewProps {
  sale: Sale;
  typed: TypedCheckout;
  problems: FieldProblems;
  news: CheckoutNews | undefined;
  /** Undefined when no price can be worked out for what was typed. */
  quote: Quote | undefined;
  /** Whether that is because somebody who is needed for it does not answer. */
  totalMissing: boolean;
  /** Undefined when purchase does not answer. */
  cards: readonly Card[] | undefined;
  currencies: readonly Currency[];
}

export function CheckoutView(props: CheckoutViewProps) {
  const { sale, typed, problems, news, quote, totalMissing, cards, currencies } = props;
  const { t } = useView();
  const { problems: _sentences, ...fields } = t.form;
  const labels = {
    ...fields,
    cardId: t.checkout.card,
    currency: t.shop.currency,
    quantity: t.product.quantity,
  };
  return (
    <>
      <header class="page-title">
        <h1>{sale.buyNow ? t.checkout.buyNow : t.checkout.title}</h1>
      </header>
      {totalMissing && (
        <Notice tone="problem" testId="no-total">
          {t.checkout.noTotal}
        </Notice>
      )}
      <CheckoutNotice news={news} quote={quote} />
      {/* Of a refused card the notice tells. */}
      {problems["cardId"] !== "otherCard" && <ProblemSummary problems={problems} labels={labels} />}
      <form
        class="with-summary"
        method="post"
        action={sale.path}
        data-testid="checkout"
        data-checkout
        {...checkedInPlace(t)}
      >
        <input type="hidden" name="idempotencyKey" value={newIdempotencyKey()} />
        <div class="checkout-fields">
          <fieldset>
            <legend>{t.checkout.contact}</legend>
            {sale.buyNow && (
              <QuantityField
                id="quantity"
                label={t.product.quantity}
                value={typed.quantity}
                problem={problems["quantity"]}
              />
            )}
            <AddressFields typed={typed} problems={problems} />
            <label class="choice">
              <input type="checkbox" name="remember" value="yes" checked={typed.remember === "yes"} />
              <span>{t.checkout.remember}</span>
            </label>
          </fieldset>
          <PaymentFields typed={typed} problems={problems} cards={cards} currencies={currencies} />
          <p class="field-row">
            <button
              class="button button-quiet"
              type="submit"
              name="intent"
              value="update"
              formNoValidate
              data-update
            >
              {t.checkout.update}
            </button>
            <span class="quiet">{t.checkout.updateHint}</span>
          </p>
        </div>
        <CheckoutSummary {...{ sale, quote, totalMissing }} canPay={cards !== undefined} />
      </form>
    </>
  );
}
