import type { Locale } from "./i18n/locale.ts";

/** What forms are filled in with; every text may be empty. */
export interface Profile {
  name: string;
  email: string;
  line1: string;
  city: string;
  postalCode: string;
  /** ISO 3166-1 alpha-2, or empty. */
  country: string;
  locale: Locale;
  currency: string;
}
