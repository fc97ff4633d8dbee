import { describe, expect, test } from "@jest/globals";
import { divideDecimals, divideHalfEven, parseDecimal } from "../src/money/decimal.ts";
import { currencyExponent, isCurrencyCode } from "../src/money/iso-4217.ts";
import { randomNumbers } from "./support/random-numbers.ts";

const quotient = (a: string, b: string, digits: number): string =>
  divideDecimals(parseDecimal(a), parseDecimal(b), digits);

describe("a decimal", () => {
  test("is read exactly", () => {
    expect(parseDecimal("1385.20")).toEqual({ units: 138_520n, scale: 2 });
    expect(parseDecimal("7")).toEqual({ units: 7n, scale: 0 });
    expect(parseDecimal("999999999999999.999999999999999").units).toBe(10n ** 30n - 1n);
  });

  test.each(["", "0", "0.000", "-1", "+1", "1.", ".5", "1e3", "1,5", " 1", "NaN", "Infinity", "1.2.3", "٣"])(
    "is not %j",
    (text) => {
      expect(() => parseDecimal(text)).toThrow(RangeError);
    },
  );
});

describe("a division", () => {
  test.each<[bigint, bigint, bigint]>([
    [5n, 2n, 2n],
    [7n, 2n, 4n],
    [-5n, 2n, -2n],
    [-7n, 2n, -4n],
    [1n, 3n, 0n],
    [2n, 3n, 1n],
    [0n, 3n, 0n],
    [10n ** 40n + 5n, 10n, 10n ** 39n],
  ])("of %d by %d rounds half to even: %d", (dividend, divisor, expected) => {
    expect(divideHalfEven(dividend, divisor)).toBe(expected);
  });

  test("by zero or less is refused", () => {
    expect(() => divideHalfEven(1n, 0n)).toThrow(RangeError);
    expect(() => divideHalfEven(1n, -1n)).toThrow(RangeError);
  });

  test("is never off by more than half, and a tie is even, whatever the numbers", () => {
    const { integer } = randomNumbers(4217);
    for (let round = 0; round < 5_000; round++) {
      const dividend = BigInt(integer(10_000) - 5_000);
      const divisor = BigInt(1 + integer(60));

      const rounded = divideHalfEven(dividend, divisor);

      const rest = dividend - rounded * divisor;
      const twice = (rest < 0n ? -rest : rest) * 2n;
      expect(twice <= divisor && (twice < divisor || rounded % 2n === 0n)).toBe(true);
    }
  });

  test("of decimals has the digits that were asked for, and no trailing zeros", () => {
    expect(quotient("1385.20", "1", 8)).toBe("1385.2");
    expect(quotient("1", "1385.20", 10)).toBe("0.0007219174");
    expect(quotient("1", "3", 4)).toBe("0.3333");
    expect(quotient("2", "3", 4)).toBe("0.6667");
    expect(quotient("100", "1", 2)).toBe("100");
    expect(quotient("5", "2", 0)).toBe("2");
    expect(quotient("70", "2", 0)).toBe("35");
    expect(quotient("100", "1", 0)).toBe("100");
  });
});

describe("ISO 4217", () => {
  test.each([
    ["KRW", 0],
    ["JPY", 0],
    ["USD", 2],
    ["KWD", 3],
  ])("%s has %i decimals", (code, digits) => {
    expect(currencyExponent(code)).toBe(digits);
    expect(isCurrencyCode(code)).toBe(true);
  });

  test.each(["XXX", "usd", "", "toString", "__proto__"])("does not know %j", (code) => {
    expect(isCurrencyCode(code)).toBe(false);
    expect(() => currencyExponent(code)).toThrow(RangeError);
  });
});
