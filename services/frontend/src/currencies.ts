import type { Currency } from "./clients/currency-client.ts";

/** What the catalogue is priced in. */
export const catalogueCurrency = "USD";

/** What can be paid in while nobody knows the others. */
export const onlyCatalogueCurrency: readonly Currency[] = [
  { code: catalogueCurrency, name: { ko: "미국 달러", en: "US dollar", es: "Dólar estadounidense" } },
];
