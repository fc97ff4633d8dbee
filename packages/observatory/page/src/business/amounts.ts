const UNKNOWN = "–";

const perMinute = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });

/** Of minor units: `1234.5` of USD is $12.35, of KRW ₩1,235. A rate of money may be less than a whole unit. */
export function formatMoney(minorUnits: number | null, currency: string): string {
  if (minorUnits === null) return UNKNOWN;
  const format = currencyFormat(currency);
  // A label says what it likes.
  if (format === null) return `${perMinute.format(minorUnits)} minor units of ${currency}`;
  const exponent = format.resolvedOptions().maximumFractionDigits ?? 0;
  return format.format(minorUnits / 10 ** exponent);
}

export function formatPerMinute(rate: number | null): string {
  if (rate === null) return UNKNOWN;
  return rate > 0 && rate < 0.1 ? "<0.1" : perMinute.format(rate);
}

/** Rounded down, so that what is not quite 100 % does not look as if it were. */
export function formatPercent(share: number | null): string {
  if (share === null) return UNKNOWN;
  const digits = Math.abs(share) > 0.9 ? 100 : 10;
  // Without what binary fractions add below the last digit: 0.995 is 99.5 %, not 99.49 %.
  return `${(Math.floor(Number((share * 100 * digits).toFixed(6))) / digits).toLocaleString("en-GB")} %`;
}

export const formatBurnRate = (rate: number | null): string =>
  rate === null ? UNKNOWN : `${rate >= 10 ? Math.round(rate) : Number(rate.toFixed(1))}×`;

function currencyFormat(currency: string): Intl.NumberFormat | null {
  try {
    return new Intl.NumberFormat("en-GB", {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
    });
  } catch {
    return null;
  }
}
