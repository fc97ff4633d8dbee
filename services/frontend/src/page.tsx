import { activeTraceparent, annotate, type Answer } from "@mall/kit";
import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Assets } from "./assets.ts";
import { cached } from "./cached.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Currency, CurrencyClient } from "./clients/currency-client.ts";
import { Layout } from "./components/layout.tsx";
import { onlyCatalogueCurrency } from "./currencies.ts";
import { messagesOf } from "./i18n/messages.ts";
import { optional } from "./optional.ts";
import { type View, ViewContext } from "./view.ts";
import type { Visit } from "./visit.ts";

export interface Page {
  /** Of the document; the shop's name is added. */
  title: string;
  body: VNode;
  status?: number;
  /** Where the page can be asked for, when it answers a post. */
  at?: string;
  /** For search engines and previews; without it, what the shop says of itself. */
  description?: string;
  /** The address under which everybody finds the same page; a shopper's own pages have none. */
  publicPath?: string;
  /** What the page shows, in the terms of schema.org. */
  about?: readonly object[];
}

/** Renders a page of the shop for a visit. What frames it may be missing; the page is shown all the same. */
export type ShowPage = (visit: Visit, page: Page) => Promise<Answer>;

interface Dependencies {
  catalogue: Catalogue;
  currencies: CurrencyClient;
  assets: Assets;
}

const currenciesForMs = 30_000;

export function createPageRenderer({ catalogue, currencies, assets }: Dependencies): {
  showPage: ShowPage;
  currencyList(): Promise<readonly Currency[]>;
} {
  const remembered = cached(currencies.list, currenciesForMs);
  const currencyList = async () => (await optional(remembered())) ?? onlyCatalogueCurrency;

  return {
    currencyList,
    async showPage(visit, { title, body, status = 200, at = visit.here, ...head }) {
      const { locale, currency, cartSize } = visit;
      annotate({ "mall.locale": locale });
      const [categories, allCurrencies] = await Promise.all([
        optional(catalogue.categories()),
        currencyList(),
      ]);
      const frame = { categories, currencies: allCurrencies, assetUrl: assets.urlOf };
      const view: View = { t: messagesOf(locale), locale, currency, cartSize, here: at, ...frame };
      const html = renderToString(
        <ViewContext.Provider value={view}>
          <Layout title={title} origin={visit.origin} {...head}>
            {body}
          </Layout>
        </ViewContext.Provider>,
      );
      visit.arrive();
      const traceparent = activeTraceparent();
      const headers = {
        "cache-control": "private, no-cache",
        "content-language": locale,
        // Where the page's script finds the trace that it belongs to.
        ...(traceparent && { "server-timing": `traceparent;desc="${traceparent}"` }),
      };
      return { status, body: `<!doctype html>${html}`, contentType: "text/html", headers };
    },
  };
}

/** After a post: the browser asks for `location`, and a reload repeats nothing. */
export const seeOther = (location: string): Answer => ({ status: 303, headers: { location } });
