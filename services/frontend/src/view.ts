import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Category } from "./clients/product-client.ts";
import type { Currency } from "./clients/currency-client.ts";
import type { Locale } from "./i18n/locale.ts";
import type { Messages } from "./i18n/messages.ts";

/** What every component may need to know of the page that it is on. */
export interface View {
  t: Messages;
  locale: Locale;
  currency: string;
  cartSize: number;
  /** Path and query of the page. */
  here: string;
  /** Undefined when the catalogue does not answer. */
  categories: readonly Category[] | undefined;
  /** Never empty. */
  currencies: readonly Currency[];
  assetUrl(file: string): string;
}

export const ViewContext = createContext<View | undefined>(undefined);

/** The page's view. Throws outside of a page. */
export function useView(): View {
  const view = useContext(ViewContext);
  if (!view) throw new Error("a component was rendered outside of a page");
  return view;
}
