import { formatMoney } from "@mall/kit";
import type { Results } from "../../clients/search-client.ts";
import { sortings } from "../../clients/search-client.ts";
import { withQuery } from "../../components/page-links.tsx";
import { catalogueCurrency } from "../../currencies.ts";
import type { Prices } from "../../prices.ts";
import { useView } from "../../view.ts";
import { Box, Choice } from "./filter-choices.tsx";
import { isNarrowed, priceRange, type SearchQuery } from "./search-query.ts";

interface SearchFiltersProps {
  /** The page that shows the results; a category's page is of one category. */
  path: string;
  query: SearchQuery;
  facets: Results["facets"];
  prices: Prices;
}

/** Narrows the results down; a form, so that several choices are one request. */
export function SearchFilters({ path, query, facets, prices }: SearchFiltersProps) {
  const { t, locale, categories = [] } = useView();
  const ofCategory = path !== "/search";
  const nameOf = (slug: string) => categories.find((each) => each.slug === slug)?.name[locale] ?? slug;
  const narrowed = isNarrowed(ofCategory ? { ...query, category: "" } : query);

  function rangeText(min: number, max: number | null): string {
    const [from, to] = [min, max ?? 0].map((amount) =>
      formatMoney(prices.convert({ amount, currency: catalogueCurrency }), locale),
    ) as [string, string];
    if (max === null) return t.search.from(from);
    return min === 0 ? t.search.upTo(to) : t.search.between(from, to);
  }

  return (
    <form
      class="filters"
      action={path}
      aria-label={t.search.filter}
      data-testid="filters"
      data-submit-on-change
    >
      {!ofCategory && <input type="hidden" name="q" value={query.q} />}
      <div class="field">
        <label for="sort">{t.search.sort}</label>
        <select id="sort" name="sort">
          {sortings.map((sort) => (
            <option key={sort} value={sort} selected={sort === query.sort}>
              {t.search.sortings[sort]}
            </option>
          ))}
        </select>
      </div>
      {/* Folded on a small screen, so that the products are not a long way down; style.css keeps it open elsewhere. */}
      <details class="filter-choices" open={narrowed}>
        <summary>{t.search.filter}</summary>
        <fieldset>
          <legend>{t.search.availability}</legend>
          <div class="choices">
            <Box name="reduced" text={t.search.reduced} count={facets.reduced} checked={query.reduced} />
            <Box name="inStock" text={t.search.inStock} count={facets.inStock} checked={query.inStock} />
          </div>
        </fieldset>
        {!ofCategory && (
          <Choice
            legend={t.search.category}
            name="category"
            chosen={query.category ?? ""}
            options={facets.categories.map(({ slug, count }) => ({ value: slug, text: nameOf(slug), count }))}
          />
        )}
        <Choice
          legend={t.search.price}
          name="price"
          chosen={query.price}
          options={facets.prices.map(({ min, max, count }) => ({
            value: priceRange(min, max),
            text: rangeText(min, max),
            count,
          }))}
        />
        <p class="actions">
          <button class="button button-quiet" type="submit">
            {t.search.show}
          </button>
          {narrowed && (
            <a class="button-link" href={withQuery(path, { q: ofCategory ? "" : query.q })}>
              {t.search.clear}
            </a>
          )}
        </p>
      </details>
    </form>
  );
}
