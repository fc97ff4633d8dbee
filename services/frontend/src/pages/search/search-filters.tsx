import { formatMoney } from "@mall/kit";
import type { Results } from "../../clients/search-client.ts";
import { sortings } from "../../clients/search-client.ts";
import type { Prices } from "../../prices.ts";
import { useView } from "../../view.ts";
import { catalogueCurrency } from "../../visit.ts";
import { priceRange, type SearchQuery } from "./search-query.ts";

interface SearchFiltersProps {
  query: SearchQuery;
  facets: Results["facets"];
  prices: Prices;
}

/** Narrows the results down; a form, so that several choices are one request. */
export function SearchFilters({ query, facets, prices }: SearchFiltersProps) {
  const { t, locale, categories } = useView();
  const nameOf = (slug: string) => categories.find((each) => each.slug === slug)?.name[locale] ?? slug;
  const categoryOptions = facets.categories.map(({ slug, count }) => ({
    value: slug,
    text: nameOf(slug),
    count,
  }));
  const priceOptions = facets.prices.map(({ min, max, count }) => ({
    value: priceRange(min, max),
    text: rangeText(min, max),
    count,
  }));

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
      action="/search"
      aria-label={t.search.filter}
      data-testid="filters"
      data-submit-on-change
    >
      <input type="hidden" name="q" value={query.q} />
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
      <Choice
        legend={t.search.category}
        name="category"
        chosen={query.category ?? ""}
        options={categoryOptions}
      />
      <Choice legend={t.search.price} name="price" chosen={query.price} options={priceOptions} />
      <button class="button button-quiet" type="submit">
        {t.search.show}
      </button>
    </form>
  );
}

interface ChoiceProps {
  legend: string;
  name: string;
  chosen: string;
  options: readonly { value: string; text: string; count: number }[];
}

function Choice({ legend, name, chosen, options }: ChoiceProps) {
  const { t } = useView();
  // A choice that finds nothing is no choice, unless it is the one that was made.
  const shown = options.filter(({ value, count }) => count > 0 || value === chosen);
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div class="choices">
        <label class="choice">
          <input type="radio" name={name} value="" checked={chosen === ""} />
          <span>{t.search.any}</span>
        </label>
        {shown.map(({ value, text, count }) => (
          <label key={value} class="choice">
            <input type="radio" name={name} value={value} checked={value === chosen} />
            <span>{text}</span>
            <span class="choice-count">{count}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
