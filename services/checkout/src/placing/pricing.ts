import { type Money, convertMoney, priceLine, sumMoney } from "@mall/kit";
import type { CurrencyClient } from "../clients/currency-client.ts";
import type { PricedProduct, ProductClient } from "../clients/product-client.ts";
import type { Destination, ShippingClient, ShippingQuote } from "../clients/shipping-client.ts";
import type { Buyer, OrderLine, Price, Rate, RequestedLine } from "../order.ts";

export interface PricingRequest {
  lines: readonly RequestedLine[];
  currency: string;
  locale: Buyer["locale"];
  destination: Destination;
}

export interface LineProblem {
  productId: string;
  code: "sold-out" | "unknown";
  /** Units that could be had. */
  available: number;
}

export interface Quote extends Price {
  days: ShippingQuote["days"];
  /** Why this cannot be ordered as it is; empty when it can. Lines with a problem "unknown" are left out. */
  problems: LineProblem[];
}

interface Dependencies {
  products: ProductClient;
  currencies: CurrencyClient;
  shipping: ShippingClient;
}

export type Pricing = ReturnType<typeof createPricing>;

/** What an order costs now. The one place where it is worked out: for the page that asks and for the order itself. */
export function createPricing({ products, currencies, shipping }: Dependencies) {
  return {
    async quote({ lines, currency, locale, destination }: PricingRequest): Promise<Quote> {
      const found = await products.findMany(lines.map(({ productId }) => productId));
      const known = lines.filter(({ productId }) => found.has(productId));
      const problems = lines.flatMap((line) => problemOf(line, found.get(line.productId)));
      const delivery = known.length > 0 ? await shipping.quote(known, destination) : freeOfCharge(currency);
      const rates = await ratesFor(
        currency,
        [...found.values()].map(({ price }) => price),
        delivery.price,
      );

      const priced = known.map((line) => toOrderLine(line, found, locale, currency, rates));
      const subtotal = sumMoney(
        priced.map(({ total }) => total),
        currency,
      );
      const shippingCost = convertMoney(delivery.price, currency, rateFrom(delivery.price.currency, rates));
      const total = sumMoney([subtotal, shippingCost], currency);
      return { lines: priced, subtotal, shipping: shippingCost, total, rates, days: delivery.days, problems };
    },
  };

  async function ratesFor(currency: string, prices: readonly Money[], delivery: Money): Promise<Rate[]> {
    const sources = new Set([...prices, delivery].map((price) => price.currency));
    return currencies.rates(currency, [...sources]);
  }
}

const freeOfCharge = (currency: string): ShippingQuote => ({
  price: { amount: 0, currency },
  days: { min: 0, max: 0 },
});

function problemOf(
  { productId, quantity }: RequestedLine,
  product: PricedProduct | undefined,
): LineProblem[] {
  if (!product) return [{ productId, code: "unknown", available: 0 }];
  return product.stock < quantity ? [{ productId, code: "sold-out", available: product.stock }] : [];
}

function toOrderLine(
  { productId, quantity }: RequestedLine,
  products: ReadonlyMap<string, PricedProduct>,
  locale: Buyer["locale"],
  currency: string,
  rates: readonly Rate[],
): OrderLine {
  const product = products.get(productId);
  if (!product) throw new Error(`${productId} was not priced`);
  const { slug, name, image, price: unitPrice, discountPercent } = product;
  const rate = rateFrom(unitPrice.currency, rates);
  const total = priceLine({ unitPrice, quantity, discountPercent, rate, currency });
  return { productId, quantity, slug, name: name[locale], image, unitPrice, discountPercent, total };
}

function rateFrom(currency: string, rates: readonly Rate[]): string {
  const found = rates.find(({ from }) => from === currency);
  if (!found) throw new Error(`no rate from ${currency} was given`);
  return found.rate;
}
