import { formatMoney } from "@mall/kit";
import type { ShippingQuote } from "../../clients/shipping-client.ts";
import { Icon } from "../../components/icon.tsx";
import { countryOptions } from "../../countries.ts";
import type { Prices } from "../../prices.ts";
import { useView } from "../../view.ts";

export interface Delivery {
  country: string;
  /** `null` where we do not send; undefined when shipping does not answer. */
  quote: ShippingQuote | null | undefined;
}

interface DeliveryEstimateProps {
  delivery: Delivery;
  /** The page that it stands on, which can be asked for another country's. */
  page: string;
  prices: Prices;
}

export function DeliveryEstimate({ delivery, page, prices }: DeliveryEstimateProps) {
  const { t, locale } = useView();
  return (
    <form class="delivery" action={page} data-testid="delivery" data-submit-on-change>
      <label for="country">
        <Icon name="truck" />
        {t.product.deliverTo}
      </label>
      <div class="field-row">
        <select id="country" name="country">
          {countryOptions(locale).map(({ value, text }) => (
            <option key={value} value={value} selected={value === delivery.country}>
              {text}
            </option>
          ))}
        </select>
        <button class="button button-quiet" type="submit">
          {t.product.estimate}
        </button>
      </div>
      <Estimate quote={delivery.quote} prices={prices} />
    </form>
  );
}

function Estimate({ quote, prices }: { quote: Delivery["quote"]; prices: Prices }) {
  const { t, locale } = useView();
  if (quote === undefined) {
    return (
      <p class="quiet" data-testid="no-estimate">
        {t.product.noEstimate}
      </p>
    );
  }
  if (quote === null) return <p class="quiet">{t.product.notServed}</p>;
  const days = t.product.days(quote.days.min, quote.days.max);
  return <p>{t.product.deliveryEstimate(formatMoney(prices.convert(quote.price), locale), days)}</p>;
}
