import { z } from "zod";
import type { Locale } from "./i18n/locale.ts";
import { countryName, perLocale } from "./i18n/formats.ts";

/** Where the shipping service sends to, as ISO 3166-1 codes; it has the last word on each quote. */
export const countries =
  "AE AR AT AU BE BR CA CH CL CN CO DE DK ES FI FR GB HK IE IT JP KR KW MO MX MY NL NO NZ PE PH PL PT SA SE SG TH TW US VN ZA".split(
    " ",
  );

export const countryChoice = z.enum(countries as [string]);

/** Where a shopper is supposed to be before they have said it. */
export const countryOf: Readonly<Record<Locale, string>> = { ko: "KR", en: "US", es: "ES" };

/** The countries by name, in the language's own order. */
export const countryOptions = perLocale((locale) =>
  countries
    .map((code) => ({ value: code, text: countryName(code, locale) }))
    .toSorted((a, b) => a.text.localeCompare(b.text, locale)),
);
