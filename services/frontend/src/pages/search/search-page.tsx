import { annotate, type Route, route } from "@mall/kit";
import { searchPatienceMs } from "../../clients/search-client.ts";
import { messagesOf } from "../../i18n/messages.ts";
import { optional } from "../../optional.ts";
import type { Shop } from "../../shop.ts";
import { searchQuery, toSearch } from "./search-query.ts";
import { SearchView } from "./search-view.tsx";

const hitsPerPage = 24;

export const searchPage = ({ openVisit, showPage, search, pricesIn }: Shop): Route =>
  route({
    method: "get",
    path: "/search",
    summary: "Products found by words, narrowed down by category and price",
    query: searchQuery,
    answers: { 200: "text/html" },
    async handle({ query, request, response }) {
      const visit = openVisit(request, response);
      const [results, prices] = await Promise.all([
        optional(search.find(toSearch(query), visit.locale, hitsPerPage), searchPatienceMs),
        pricesIn(visit.currency),
      ]);
      if (results) annotate({ "mall.search.hits": results.total });
      const t = messagesOf(visit.locale);
      return showPage(visit, {
        title: query.q ? t.search.titleFor(query.q) : t.search.title,
        body: <SearchView query={query} results={results} prices={prices} />,
      });
    },
  });
