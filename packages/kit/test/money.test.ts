import { describe, expect, test } from "@jest/globals";
import {
  convertMoney,
  equalMoney,
  formatMoney,
  type Money,
  money,
  type Priced,
  priceLine,
  sumMoney,
} from "../src/money/money.ts";
import { randomNumbers } from "./support/random-numbers.ts";

const usd = (amount: number): Money => ({ amount, currency: "USD" });
const krw = (amount: number): Money => ({ amount, currency: "KRW" });

const line = (overrides: Partial<Priced>): Money =>
  priceLine({
    unitPrice: usd(1000),
    quantity: 1,
    discountPercent: 0,
    rate: "1",
    currency: "USD",
    ...overrides,
  });

describe("the price of a line", () => {
  test("is the unit price times the quantity", () => {
    expect(line({ unitPrice: usd(1999), quantity: 3 })).toEqual(usd(5997));
  });

  test.each([
    [5, 50, 2], // 2.5 goes to the even 2
    [15, 50, 8], // 7.5 goes to the even 8
    [25, 50, 12], // 12.5 goes to the even 12
    [1, 50, 0], // 0.5 goes to the even 0
    [3, 50, 2], // 1.5 goes to the even 2
    [51, 50, 26], // 25.5 goes to the even 26
  ])("%i less %i %% is %i: a tie goes to the even neighbour", (amount, discountPercent, expected) => {
    expect(line({ unitPrice: usd(amount), discountPercent })).toEqual(usd(expected));
  });

  test("is rounded once: three halves of a cent are 2 cents (1.5), not 0 (three times 0.5) and not 3", () => {
    expect(line({ unitPrice: usd(1), quantity: 3, discountPercent: 50 })).toEqual(usd(2));
  });

  test("is nothing at a discount of 100 %, and whole at 0 %", () => {
    expect(line({ discountPercent: 100 })).toEqual(usd(0));
    expect(line({ discountPercent: 0 })).toEqual(usd(1000));
  });

  test.each([
    ["USD", 129_900, "1385.20", "KRW", 1_799_375], // 1,299.00 × 1385.2 = 1,799,374.8
    ["USD", 1, "1385.20", "KRW", 14], // 13.852
    ["KRW", 1000, "0.000721917", "USD", 72], // 0.721917 USD
    ["KRW", 10_000, "0.109", "JPY", 1090], // no decimals on either side
    ["USD", 1000, "0.3067", "KWD", 3067], // three decimals: 3.067
    ["KWD", 1, "3.26", "USD", 0], // 0.00326 USD
    ["KWD", 3067, "4517.3", "KRW", 13_855], // 13,854.5591
    ["JPY", 1, "0.0067", "USD", 1], // 0.67 cents
  ])("%s %i at %s in %s is %i minor units", (from, amount, rate, currency, expected) => {
    expect(line({ unitPrice: { amount, currency: from }, rate, currency })).toEqual({
      amount: expected,
      currency,
    });
  });

  test("equals exact arithmetic with fractions, whatever the numbers", () => {
    const { integer, pick } = randomNumbers(20261123);
    const exponents = { KRW: 0, JPY: 0, USD: 2, EUR: 2, KWD: 3 } as const;
    const currencies = Object.keys(exponents) as (keyof typeof exponents)[];

    for (let round = 0; round < 5_000; round++) {
      const [from, to] = [pick(currencies), pick(currencies)];
      const [amount, quantity, discountPercent] = [integer(5_000_000), integer(99), integer(100)];
      const rate = `${integer(2000)}.${String(integer(9_999)).padStart(4, "0")}1`;

      const priced = line({
        unitPrice: { amount, currency: from },
        quantity,
        discountPercent,
        rate,
        currency: to,
      });

      // amount/10^from × quantity × (100-discount)/100 × rate × 10^to, as one fraction.
      const up =
        BigInt(amount) *
        BigInt(quantity) *
        BigInt(100 - discountPercent) *
        BigInt(rate.replace(".", "")) *
        10n ** BigInt(exponents[to]);
      const down = 100n * 100_000n * 10n ** BigInt(exponents[from]);
      expectNearestEven(BigInt(priced.amount), up, down);
    }
  });

  test("is exact up to the largest safe integer, and refused beyond it", () => {
    const largest = Number.MAX_SAFE_INTEGER;

    expect(line({ unitPrice: usd(largest) })).toEqual(usd(largest));
    expect(line({ unitPrice: usd(largest), quantity: 2, discountPercent: 50 })).toEqual(usd(largest));
    expect(() => line({ unitPrice: usd(largest), quantity: 2 })).toThrow(RangeError);
    expect(() => line({ unitPrice: usd(largest), rate: "999999999999999" })).toThrow(RangeError);
  });

  test.each<[string, Partial<Priced>]>([
    ["a negative discount", { discountPercent: -1 }],
    ["a discount beyond 100 %", { discountPercent: 101 }],
    ["a fractional discount", { discountPercent: 12.5 }],
    ["a fractional quantity", { quantity: 1.5 }],
    ["a fractional price", { unitPrice: usd(9.99) }],
    ["an unknown currency", { currency: "XXX" }],
    ["the name of an object's property as a currency", { currency: "constructor" }],
    ["a rate of zero", { rate: "0.00" }],
    ["a negative rate", { rate: "-1" }],
    ["a rate in words", { rate: "one" }],
  ])("refuses %s", (_what, overrides) => {
    expect(() => line(overrides)).toThrow(RangeError);
  });
});

/** Whether `rounded` is `up / down` rounded half to even: |up - rounded × down| × 2 <= down, a tie only on an even. */
function expectNearestEven(rounded: bigint, up: bigint, down: bigint): void {
  const distance = up - rounded * down;
  const twice = (distance < 0n ? -distance : distance) * 2n;
  if (twice > down || (twice === down && rounded % 2n !== 0n))
    throw new Error(`${up}/${down} was rounded to ${rounded}`);
}

describe("converting and adding", () => {
  test("a conversion rounds once, half-even", () => {
    expect(convertMoney(usd(250), "KRW", "1")).toEqual(krw(2));
    expect(convertMoney(usd(350), "KRW", "1")).toEqual(krw(4));
    expect(convertMoney(usd(-250), "KRW", "1")).toEqual(krw(-2));
  });

  test("a sum is exact, also where a sum of floating point numbers would not be", () => {
    expect(sumMoney([usd(10), usd(20)], "USD")).toEqual(usd(30));
    expect(sumMoney([], "KRW")).toEqual(krw(0));
    expect(sumMoney([usd(Number.MAX_SAFE_INTEGER), usd(2), usd(-3)], "USD")).toEqual(
      usd(Number.MAX_SAFE_INTEGER - 1),
    );
  });

  test("what cannot be added is refused: another currency, a fraction, a sum that is too large", () => {
    expect(() => sumMoney([usd(1), krw(1)], "USD")).toThrow("KRW cannot be added to USD");
    expect(() => sumMoney([usd(0.1)], "USD")).toThrow(RangeError);
    expect(() => sumMoney([usd(Number.MAX_SAFE_INTEGER), usd(1)], "USD")).toThrow(RangeError);
  });

  test("amounts are equal when number and currency are", () => {
    expect(equalMoney(usd(1), usd(1))).toBe(true);
    expect(equalMoney(usd(1), krw(1))).toBe(false);
    expect(equalMoney(usd(1), usd(2))).toBe(false);
  });
});

describe("money as input", () => {
  test.each<[string, unknown]>([
    ["a fraction", { amount: 0.5, currency: "USD" }],
    ["a negative amount", { amount: -1, currency: "USD" }],
    ["an amount that a number cannot hold", { amount: 2 ** 53, currency: "USD" }],
    ["an amount in words", { amount: "5", currency: "USD" }],
    ["an unknown currency", { amount: 5, currency: "XXX" }],
    ["a currency in small letters", { amount: 5, currency: "usd" }],
    ["a further field", { ...usd(5), tax: 1 }],
  ])("refuses %s", (_what, value) => {
    expect(money.safeParse(value).success).toBe(false);
  });

  test("takes minor units and a known code", () => {
    expect(money.parse(usd(5))).toEqual(usd(5));
  });
});

describe("money for people", () => {
  // Intl puts a no-break space between number and symbol.
  const written = (amount: Money, locale: string) => formatMoney(amount, locale).replaceAll(/\s/gu, " ");

  test.each<[Money, string, string]>([
    [krw(1_799_374), "ko", "₩1,799,374"],
    [krw(1_799_374), "en", "₩1,799,374"],
    [krw(1_799_374), "es", "1.799.374 KRW"],
    [usd(129_900), "ko", "US$1,299.00"],
    [usd(129_900), "en", "$1,299.00"],
    [{ amount: 129_900, currency: "EUR" }, "es", "1.299,00 €"],
    [{ amount: 1_299_000, currency: "EUR" }, "es", "12.990,00 €"],
    [{ amount: 500, currency: "JPY" }, "en", "¥500"],
    [{ amount: 3_067, currency: "KWD" }, "en", "KWD 3.067"],
    [usd(5), "en", "$0.05"],
    [usd(-5), "en", "-$0.05"],
    [usd(0), "en", "$0.00"],
  ])("%j in %s is %s", (amount, locale, expected) => {
    expect(written(amount, locale)).toBe(expected);
  });

  test("is written to the last digit, however much it is", () => {
    expect(formatMoney(usd(Number.MAX_SAFE_INTEGER), "en")).toBe("$90,071,992,547,409.91");
  });
});
