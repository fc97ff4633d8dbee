import type { Results } from "../../clients/search-client.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { Notice, PriceNotice } from "../../components/notice.tsx";
import { PageLinks } from "../../components/page-links.tsx";
import { ProductGrid } from "../../components/product-grid.tsx";
import type { Prices } from "../../prices.ts";
import { useView } from "../../view.ts";
import { SearchFilters } from "./search-filters.tsx";
import { filtersOf, type SearchQuery } from "./search-query.ts";

interface SearchViewProps {
  query: SearchQuery;
  /** Undefined when search does not answer. */
  results: Results | undefined;
  prices: Prices;
}

export function SearchView({ query, results, prices }: SearchViewProps) {
  const { t } = useView();
  const everything = query.reduced === "yes" ? t.home.allOffers : t.search.everything;
  return (
    <>
      <header class="page-title">
        <h1>{query.q ? t.search.titleFor(query.q) : everything}</h1>
        {results && <ResultCount total={results.total} />}
      </header>
      <PriceNotice prices={prices} />
      {results ? (
        <FilteredProducts path="/search" query={query} results={results} prices={prices} />
      ) : (
        <SearchDown />
      )}
    </>
  );
}

export function ResultCount({ total }: { total: number }) {
  const { t } = useView();
  return (
    <p role="status" data-testid="result-count">
      {t.search.found(total)}
    </p>
  );
}

function SearchDown() {
  const { t, locale, categories = [] } = useView();
  return (
    <>
      <Notice tone="info" testId="search-down">
        {t.search.down}
      </Notice>
      <ul class="link-chips">
        {categories.map(({ slug, name }) => (
          <li key={slug}>
            <a class="button button-quiet" href={`/categories/${slug}`}>
              {name[locale]}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

interface FilteredProductsProps extends SearchViewProps {
  /** The page that the filters belong to. */
  path: string;
  results: Results;
}

/** What was found, beside what narrows it down. */
export function FilteredProducts({ path, query, results, prices }: FilteredProductsProps) {
  const { t } = useView();
  const { q, category } = query;
  const address = { ...filtersOf(query), ...(path === "/search" && { q, category }) };
  return (
    <div class="with-sidebar">
      <SearchFilters path={path} query={query} facets={results.facets} prices={prices} />
      <div>
        {results.items.length > 0 ? (
          <ProductGrid products={results.items} prices={prices} atOnce={4} heading="h2" />
        ) : (
          <EmptyState title={t.search.found(0)} hint={t.search.nothing} />
        )}
        <PageLinks path={path} query={address} cursor={query.cursor} next={results.next} />
      </div>
    </div>
  );
}
