/** An exact number: `units / 10^scale`. */
export interface Decimal {
  units: bigint;
  scale: number;
}

/** Reads a positive decimal string such as "1385.20". Throws a RangeError for anything else. */
export function parseDecimal(text: string): Decimal {
  const match = /^(\d{1,15})(?:\.(\d{1,15}))?$/.exec(text);
  if (!match) throw new RangeError(`"${text}" is not a positive decimal number`);
  const [, whole = "", fraction = ""] = match;
  const units = BigInt(whole + fraction);
  if (units === 0n) throw new RangeError(`"${text}" is not a positive decimal number`);
  return { units, scale: fraction.length };
}

/**
 * Divides and rounds half to even (IEEE 754 roundTiesToEven, "banker's rounding"), so that many roundings do not
 * drift one way. The divisor must be positive.
 */
export function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  if (divisor <= 0n) throw new RangeError("the divisor must be positive");
  const negative = dividend < 0n;
  const magnitude = negative ? -dividend : dividend;
  const quotient = magnitude / divisor;
  const twiceRest = (magnitude % divisor) * 2n;
  const up = twiceRest > divisor || (twiceRest === divisor && quotient % 2n === 1n);
  const rounded = up ? quotient + 1n : quotient;
  return negative ? -rounded : rounded;
}

/** `a / b` as a decimal string with `digits` digits after the point, rounded half-even, without trailing zeros. */
export function divideDecimals(a: Decimal, b: Decimal, digits: number): string {
  const dividend = a.units * 10n ** BigInt(b.scale + digits);
  const units = divideHalfEven(dividend, b.units * 10n ** BigInt(a.scale));
  if (digits === 0) return units.toString();
  const text = units.toString().padStart(digits + 1, "0");
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`.replace(/\.?0+$/, "");
}
