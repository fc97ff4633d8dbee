/**
 * Digits after the decimal point of each currency, per ISO 4217 (list one). Which currencies the mall sells in is
 * the currency service's business; this is only what a minor unit means.
 */
const exponents: Readonly<Record<string, number>> = {
  AUD: 2, BHD: 3, BRL: 2, CAD: 2, CHF: 2, CLP: 0, CNY: 2, CZK: 2, DKK: 2, EUR: 2, GBP: 2, HKD: 2, HUF: 2, IDR: 2,
  INR: 2, ISK: 0, JOD: 3, JPY: 0, KRW: 0, KWD: 3, MXN: 2, NOK: 2, NZD: 2, OMR: 3, PLN: 2, SEK: 2, SGD: 2, THB: 2,
  TND: 3, TRY: 2, TWD: 2, USD: 2, VND: 0, ZAR: 2,
}; // prettier-ignore

/** Throws a RangeError for a code that is not in the table. */
export function currencyExponent(code: string): number {
  const exponent = Object.hasOwn(exponents, code) ? exponents[code] : undefined;
  if (exponent === undefined) throw new RangeError(`${code} is not a currency known here`);
  return exponent;
}

export const isCurrencyCode = (code: string): boolean => Object.hasOwn(exponents, code);
