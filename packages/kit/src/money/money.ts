import { z } from "zod";
import { divideHalfEven, parseDecimal } from "./decimal.ts";
import { currencyExponent, isCurrencyCode } from "./iso-4217.ts";

/** An amount in integer minor units of an ISO 4217 currency: `{ amount: 129900, currency: "USD" }` is 1,299.00 USD. */
export interface Money {
  amount: number;
  currency: string;
}

export const currencyCode = z
  .string()
  .refine(isCurrencyCode, { error: "is not a known ISO 4217 currency code" })
  .meta({ id: "CurrencyCode", description: "ISO 4217 code", example: "KRW" });

export const money = z
  .strictObject({
    amount: z.int().nonnegative().meta({ description: "Integer minor units" }),
    currency: currencyCode,
  })
  .meta({
    id: "Money",
    description: "Minor units of an ISO 4217 currency",
    example: { amount: 129900, currency: "USD" },
  });

export interface Priced {
  unitPrice: Money;
  quantity: number;
  /** 0 to 100. */
  discountPercent: number;
  /** Units of the target currency for one unit of the price's currency, as a decimal string. */
  rate: string;
  currency: string;
}

/**
 * The price of an order line: unit price × quantity, less the discount, in the target currency, rounded half-even
 * exactly once. Exact in between, whatever the sizes. Throws a RangeError when the result is not a safe integer.
 */
export function priceLine({ unitPrice, quantity, discountPercent, rate, currency }: Priced): Money {
  const paidPercent = 100 - discountPercent;
  if (!Number.isInteger(paidPercent) || paidPercent < 0 || paidPercent > 100)
    throw new RangeError("a discount is a whole percentage from 0 to 100");
  const exact = BigInt(unitPrice.amount) * BigInt(quantity) * BigInt(paidPercent);
  return convertExact(exact, 100n, unitPrice.currency, currency, rate);
}

/** Converts an amount at `rate` (target units per source unit), rounded half-even once. */
export function convertMoney({ amount, currency }: Money, target: string, rate: string): Money {
  return convertExact(BigInt(amount), 1n, currency, target, rate);
}

/** The sum of amounts of one currency; zero of `currency` for none. Throws a RangeError when currencies differ. */
export function sumMoney(amounts: readonly Money[], currency: string): Money {
  let sum = 0n;
  for (const each of amounts) {
    if (each.currency !== currency) throw new RangeError(`${each.currency} cannot be added to ${currency}`);
    sum += BigInt(each.amount);
  }
  return { amount: safeInteger(sum), currency };
}

export const equalMoney = (a: Money, b: Money): boolean => a.amount === b.amount && a.currency === b.currency;

/** For people: "₩1,799,374", "1.299,00 €", in the manner of the locale. */
export function formatMoney({ amount, currency }: Money, locale: string): string {
  const exponent = currencyExponent(currency);
  const digits = String(Math.abs(amount)).padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  const sign = amount < 0 ? "-" : "";
  // Intl formats decimal strings exactly; a division would go through floating point.
  const decimal = (
    exponent === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-exponent)}`
  ) as `${number}`;
  return moneyFormat(locale, currency, exponent).format(decimal);
}

const formats = new Map<string, Intl.NumberFormat>();

function moneyFormat(locale: string, currency: string, exponent: number): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    // Also 1.299,00 € in Spanish, as shops write it; the locale itself would leave four digits ungrouped.
    useGrouping: "always",
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  });
  formats.set(key, format);
  return format;
}

function convertExact(dividend: bigint, divisor: bigint, from: string, to: string, rate: string): Money {
  const { units, scale } = parseDecimal(rate);
  const shift = currencyExponent(to) - currencyExponent(from);
  const up = dividend * units * 10n ** BigInt(Math.max(shift, 0));
  const down = divisor * 10n ** BigInt(scale + Math.max(-shift, 0));
  return { amount: safeInteger(divideHalfEven(up, down)), currency: to };
}

function safeInteger(amount: bigint): number {
  const number = Number(amount);
  if (!Number.isSafeInteger(number)) throw new RangeError("the amount is too large");
  return number;
}
