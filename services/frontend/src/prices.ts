import { convertMoney, type Money, priceLine } from "@mall/kit";
import type { CurrencyClient } from "./clients/currency-client.ts";
import { catalogueCurrency } from "./currencies.ts";
import { optional } from "./optional.ts";

/** What something costs, and what it would without its discount. */
export interface PriceTag {
  pay: Money;
  before: Money | undefined;
}

/** What a price is made of, as the catalogue has it. */
export interface Offer {
  price: Money;
  discountPercent: number;
}

/** Prices for one page, all at the same rate. */
export interface Prices {
  currency: string;
  /** False while currencies cannot be converted: then everything is in the catalogue's currency. */
  asPreferred: boolean;
  /** Of so many units: exactly what checkout would charge for the line. */
  of(offer: Offer, quantity?: number): PriceTag;
  convert(amount: Money): Money;
}

export type PriceIn = (currency: string) => Promise<Prices>;

export const createPrices =
  (currencies: CurrencyClient): PriceIn =>
  async (currency) => {
    if (currency === catalogueCurrency) return pricesAt(catalogueCurrency, "1", true);
    const rate = await optional(currencies.rate(catalogueCurrency, currency));
    return rate === undefined ? pricesAt(catalogueCurrency, "1", false) : pricesAt(currency, rate, true);
  };

const pricesAt = (currency: string, rate: string, asPreferred: boolean): Prices => ({
  currency,
  asPreferred,
  of({ price, discountPercent }, quantity = 1) {
    const line = { unitPrice: price, quantity, rate, currency };
    const pay = priceLine({ ...line, discountPercent });
    return { pay, before: discountPercent > 0 ? priceLine({ ...line, discountPercent: 0 }) : undefined };
  },
  convert: (amount) => convertMoney(amount, currency, rate),
});
