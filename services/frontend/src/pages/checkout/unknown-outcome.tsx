import { Notice } from "../../components/notice.tsx";
import { useView } from "../../view.ts";
import type { TypedCheckout } from "./checkout-form.ts";
import type { Sale } from "./sale.ts";

/** The same form again, hidden and with the same key: trying again asks about that order, and makes no other. */
export function UnknownOutcome({ sale, typed }: { sale: Sale; typed: TypedCheckout }) {
  const { t } = useView();
  return (
    <section class="narrow stack" data-testid="unknown-outcome">
      <h1>{t.checkout.unknownTitle}</h1>
      <Notice tone="problem">{t.checkout.unknownText}</Notice>
      <form class="actions" method="post" action={sale.path} data-testid="checkout">
        {Object.entries(typed).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <button class="button" type="submit">
          {t.checkout.unknownRetry}
        </button>
        <a class="button button-quiet" href="/orders">
          {t.checkout.unknownOrders}
        </a>
      </form>
    </section>
  );
}
