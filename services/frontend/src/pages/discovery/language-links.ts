import { type Locale, locales } from "../../i18n/locale.ts";

/** The address of a page in a language, for those who have not chosen one: search engines, and links in mails. */
export const inLanguage = (path: string, locale: Locale): string =>
  `${path}${path.includes("?") ? "&" : "?"}lang=${locale}`;

/** What `hreflang` tells of a page: each language's address, and the one that goes by the browser's language. */
export const languageLinks = (origin: string, path: string) => [
  ...locales.map((locale) => ({ language: locale as string, href: origin + inLanguage(path, locale) })),
  { language: "x-default", href: origin + path },
];
