import { z } from "zod";

export const locales = ["ko", "en", "es"] as const;
export type Locale = (typeof locales)[number];

export const defaultLocale: Locale = "en";

export const isLocale = (value: unknown): value is Locale => locales.some((locale) => locale === value);

/** A text of the catalogue, in every language of the shop. */
export type Localized = Readonly<Record<Locale, string>>;
export const localized = z.object({ ko: z.string(), en: z.string(), es: z.string() });

/** Each language by the name its speakers give it. */
export const languageNames: Localized = { ko: "한국어", en: "English", es: "Español" };
