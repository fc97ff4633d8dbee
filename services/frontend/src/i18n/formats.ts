import type { Locale } from "./locale.ts";

/** "South Korea" for KR, in the page's language. */
export const countryName = (code: string, locale: Locale): string =>
  new Intl.DisplayNames(locale, { type: "region" }).of(code) ?? code;

// The server does not know where the reader is, so the zone is said.
export const formatInstant = (iso: string, locale: Locale): string =>
  new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: "UTC",
  }).format(new Date(iso)) + " UTC";

export const formatWeight = (grams: number, locale: Locale): string =>
  grams < 1000
    ? new Intl.NumberFormat(locale, { style: "unit", unit: "gram" }).format(grams)
    : new Intl.NumberFormat(locale, {
        style: "unit",
        unit: "kilogram",
        maximumFractionDigits: 1,
      }).format(grams / 1000);

export const formatPercent = (percent: number, locale: Locale): string =>
  new Intl.NumberFormat(locale, { style: "percent" }).format(percent / 100);
