import type { Query } from "./query.ts";

/** Digits behind the decimal point that are not two (ISO 4217), of the currencies in which the mall sells. */
const unusual = [
  { exponent: 0, codes: ["KRW", "JPY"] },
  { exponent: 3, codes: ["KWD"] },
] as const;

const usual = { exponent: 2, codes: ["USD", "EUR", "GBP", "CNY", "MXN"] } as const;

export const soldIn: readonly { readonly exponent: number; readonly codes: readonly string[] }[] = [
  usual,
  ...unusual,
];

/**
 * Queries that turn minor units into whole ones, one per exponent: no metric knows a currency's exponent.
 * `select` gives the series that match.
 */
export const inWholeUnits = (select: (matcher: string) => string): readonly Query[] =>
  soldIn.map(({ exponent, codes }) => ({
    expr: `${select(`currency=~"${codes.join("|")}"`)} / ${10 ** exponent}`,
    legend: "{{currency}}",
  }));

/** Each currency's amounts under its own code; `per` is appended, such as `/min`. */
export const currencyUnits = (per = ""): Readonly<Record<string, string>> =>
  Object.fromEntries(
    soldIn.flatMap(({ codes }) => codes.map((code) => [`/^${code}$/`, `suffix: ${code}${per}`] as const)),
  );
