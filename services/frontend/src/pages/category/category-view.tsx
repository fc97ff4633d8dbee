import type { Category, Product } from "../../clients/product-client.ts";
import type { Results } from "../../clients/search-client.ts";
import { Breadcrumbs } from "../../components/breadcrumbs.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Notice, PriceNotice } from "../../components/notice.tsx";
import { ProductGrid } from "../../components/product-grid.tsx";
import type { Prices } from "../../prices.ts";
import { useView } from "../../view.ts";
import type { SearchQuery } from "../search/search-query.ts";
import { FilteredProducts, ResultCount } from "../search/search-view.tsx";

interface CategoryViewProps {
  category: Category;
  query: SearchQuery;
  /** Undefined when search does not answer. */
  results: Results | undefined;
  /** Instead of results: everything in the category, in the catalogue's order. */
  all: readonly Product[];
  prices: Prices;
}

export function CategoryView({ category, query, results, all, prices }: CategoryViewProps) {
  const { locale } = useView();
  return (
    <>
      <Breadcrumbs here={category.name[locale]} />
      <header class="page-title">
        <h1>{category.name[locale]}</h1>
        <p>{category.description[locale]}</p>
        <ResultCount total={results?.total ?? all.length} />
      </header>
      <PriceNotice prices={prices} />
      {results ? (
        <FilteredProducts path={`/categories/${category.slug}`} {...{ query, results, prices }} />
      ) : (
        <Unsorted products={all} prices={prices} />
      )}
    </>
  );
}

function Unsorted({ products, prices }: { products: readonly Product[]; prices: Prices }) {
  const { t } = useView();
  return (
    <>
      <Notice tone="info" testId="search-down">
        {t.list.unsorted}
      </Notice>
      {products.length > 0 ? (
        <ProductGrid products={products} prices={prices} atOnce={4} heading="h2" />
      ) : (
        <EmptyState title={t.list.empty} />
      )}
    </>
  );
}
