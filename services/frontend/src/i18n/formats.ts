import type { Locale } from "./locale.ts";

/** Makes one of a kind for each language, when it is first needed: Intl's objects are costly to make. */
export function perLocale<T>(make: (locale: Locale) => T): (locale: Locale) => T {
  const made = new Map<Locale, T>();
  return (locale) => {
    const known = made.get(locale);
    if (known !== undefined) return known;
    const fresh = make(locale);
    made.set(locale, fresh);
    return fresh;
  };
}

const regions = perLocale((locale) => new Intl.DisplayNames(locale, { type: "region" }));
const percents = perLocale((locale) => new Intl.NumberFormat(locale, { style: "percent" }));
const grams = perLocale((locale) => new Intl.NumberFormat(locale, { style: "unit", unit: "gram" }));
const kilograms = perLocale(
  (locale) => new Intl.NumberFormat(locale, { style: "unit", unit: "kilogram", maximumFractionDigits: 1 }),
);
const instants = perLocale(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" }),
);

/** "South Korea" for KR, in the page's language. */
export const countryName = (code: string, locale: Locale): string => regions(locale).of(code) ?? code;

/** The server does not know where the reader is, so the zone is said. */
export const formatInstant = (iso: string, locale: Locale): string =>
  `${instants(locale).format(new Date(iso))} UTC`;

export const formatWeight = (weightGrams: number, locale: Locale): string =>
  weightGrams < 1000 ? grams(locale).format(weightGrams) : kilograms(locale).format(weightGrams / 1000);

export const formatPercent = (percent: number, locale: Locale): string =>
  percents(locale).format(percent / 100);
