const weights = [8, 6, 4, 2, 3, 5, 9, 7];

/**
 * A tracking code in the form of the Universal Postal Union's S10 standard, such as `EM000000018KR`: service, eight
 * digits, check digit, country of dispatch. `serial` is 0 to 99,999,999; throws a RangeError beyond.
 */
export function trackingCode(serial: number): string {
  if (!Number.isInteger(serial) || serial < 0 || serial > 99_999_999)
    throw new RangeError(`${serial} does not fit into a tracking code`);
  const digits = String(serial).padStart(8, "0");
  return `EM${digits}${checkDigit(digits)}KR`;
}

function checkDigit(digits: string): number {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  const rest = 11 - (sum % 11);
  if (rest === 10) return 0;
  return rest === 11 ? 5 : rest;
}
