import { divideHalfEven, type Money } from "@mall/kit";
import type { OrderEvent } from "./order-event.ts";

/** What has been sold in one currency. Revenue of different currencies is never added up: no rate would be right. */
export interface CurrencyTotals {
  currency: string;
  confirmed: number;
  cancelled: number;
  /** Units, of confirmed orders. */
  productsSold: number;
  /** Minor units, of confirmed orders. */
  revenue: number;
}

export interface Statistics {
  orders: { confirmed: number; cancelled: number };
  productsSold: number;
  /** One for each currency in which an order was confirmed, by code. */
  revenue: Money[];
  averageOrderValue: Money[];
  /** Of the last reset, or of the first start. */
  since: Date;
}

/** What one event adds. A cancelled order has sold nothing. */
export function totalsOf({ type, data: { currency, lines, total } }: OrderEvent): CurrencyTotals {
  if (type === "order.cancelled")
    return { currency, confirmed: 0, cancelled: 1, productsSold: 0, revenue: 0 };
  const productsSold = sum(lines.map(({ quantity }) => quantity));
  return { currency, confirmed: 1, cancelled: 0, productsSold, revenue: total.amount };
}

export function summarise(totals: readonly CurrencyTotals[], since: Date): Statistics {
  const sold = totals.filter(({ confirmed }) => confirmed > 0);
  return {
    orders: {
      confirmed: sum(totals.map(({ confirmed }) => confirmed)),
      cancelled: sum(totals.map(({ cancelled }) => cancelled)),
    },
    productsSold: sum(totals.map(({ productsSold }) => productsSold)),
    revenue: sold.map(({ revenue, currency }) => ({ amount: revenue, currency })),
    averageOrderValue: sold.map(({ revenue, confirmed, currency }) => ({
      amount: Number(divideHalfEven(BigInt(revenue), BigInt(confirmed))),
      currency,
    })),
    since,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
