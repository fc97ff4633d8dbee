import {
  convertMoney,
  divideDecimals,
  type FieldError,
  InvalidInput,
  type Money,
  parseDecimal,
} from "@mall/kit";
import { base, type Currency, findCurrency, ratesDate } from "./currencies.ts";

/** What one unit of `from` was worth in `to` on `date`; `rate` is a decimal string. */
export interface Rate {
  from: string;
  to: string;
  rate: string;
  date: string;
}

export interface Conversion {
  to: string;
  /** In the order of the amounts that were given. */
  amounts: Money[];
  /** One for each distinct currency among the given amounts, in the order of their first appearance. */
  rates: Rate[];
}

const crossRateDigits = 10;

/**
 * Converts every amount into `to`, each rounded half-even exactly once. Throws `InvalidInput` naming every field that
 * holds a currency the mall does not sell in, or an amount whose result would not be a safe integer.
 */
export function convert(to: string, amounts: readonly Money[]): Conversion {
  assertSoldIn(to, amounts);
  const sources = new Set(amounts.map(({ currency }) => currency));
  return {
    to,
    amounts: amounts.map((amount, index) => convertOne(amount, to, index)),
    rates: [...sources].map((from) => ({ from, to, rate: rateBetween(from, to), date: ratesDate })),
  };
}

/** A cross rate is computed, and then used exactly as it is shown: whoever has the rate can redo the conversion. */
function rateBetween(from: string, to: string): string {
  if (from === to) return "1";
  const [source, target] = [findOrThrow(from), findOrThrow(to)];
  if (from === base) return target.rate;
  return divideDecimals(parseDecimal(target.rate), parseDecimal(source.rate), crossRateDigits);
}

function assertSoldIn(to: string, amounts: readonly Money[]): void {
  const fields = [
    { field: "to", code: to },
    ...amounts.map(({ currency }, index) => ({ field: `amounts.${index}.currency`, code: currency })),
  ];
  const errors = fields.filter(({ code }) => !findCurrency(code)).map(notSoldIn);
  if (errors.length > 0)
    throw new InvalidInput("Use currencies that the mall sells in: GET /currencies lists them.", errors);
}

const notSoldIn = ({ field, code }: { field: string; code: string }): FieldError => ({
  field,
  message: `the mall does not sell in ${code}`,
});

function convertOne(amount: Money, to: string, index: number): Money {
  try {
    return convertMoney(amount, to, rateBetween(amount.currency, to));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InvalidInput("Convert smaller amounts.", [
      { field: `amounts.${index}.amount`, message: `is too large to be expressed in ${to}` },
    ]);
  }
}

function findOrThrow(code: string): Currency {
  const currency = findCurrency(code);
  if (!currency) throw new RangeError(`${code} is not a currency of the mall`);
  return currency;
}
