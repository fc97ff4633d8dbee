import type { Results } from "../../clients/search-client.ts";
import { Notice, PriceNotice } from "../../components/notice.tsx";
import { PageLinks } from "../../components/page-links.tsx";
import { ProductGrid } from "../../components/product-grid.tsx";
import type { Prices } from "../../prices.ts";
import { useView } from "../../view.ts";
import { SearchFilters } from "./search-filters.tsx";
import type { SearchQuery } from "./search-query.ts";

interface SearchViewProps {
  query: SearchQuery;
  /** Undefined when search does not answer. */
  results: Results | undefined;
  prices: Prices;
}

export function SearchView({ query, results, prices }: SearchViewProps) {
  const { t } = useView();
  return (
    <>
      <header class="page-title">
        <h1>{query.q ? t.search.titleFor(query.q) : t.search.everything}</h1>
        {results && (
          <p role="status" data-testid="result-count">
            {t.search.found(results.total)}
          </p>
        )}
      </header>
      <PriceNotice prices={prices} />
      {results ? (
        <Found query={query} results={results} prices={prices} />
      ) : (
        <Notice tone="info" testId="search-down">
          {t.search.down}
        </Notice>
      )}
    </>
  );
}

function Found({ query, results, prices }: SearchViewProps & { results: Results }) {
  const { t } = useView();
  const { cursor, ...withoutCursor } = query;
  return (
    <div class="with-sidebar">
      <SearchFilters query={query} facets={results.facets} prices={prices} />
      <div>
        {results.items.length > 0 ? (
          <ProductGrid products={results.items} prices={prices} />
        ) : (
          <p class="empty-state" data-testid="empty">
            {t.search.nothing}
          </p>
        )}
        <PageLinks path="/search" query={withoutCursor} cursor={cursor} next={results.next} />
      </div>
    </div>
  );
}
