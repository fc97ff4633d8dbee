import { useView } from "../view.ts";
import { Icon } from "./icon.tsx";

export function Header() {
  const { t, locale, currency, here, cartSize, categories } = useView();
  const path = here.split("?", 1)[0];
  const preferences = `${locale.toUpperCase()} · ${currency}`;
  return (
    <header class="shop-header">
      <div class="shop-bar">
        <a class="brand" href="/">
          <Icon name="bag" />
          {t.shop.name}
        </a>
        <SearchForm />
        <nav class="account" aria-label={t.shop.account}>
          <AccountLink href="/saved" icon="heart" label={t.shop.saved} path={path} />
          <AccountLink href="/orders" icon="orders" label={t.shop.orders} path={path} />
          <AccountLink href="/profile" icon="profile" label={t.shop.profile} path={path} />
          <a href="#preferences" aria-label={`${t.shop.preferences}: ${preferences}`}>
            <Icon name="globe" />
            <span class="account-label">{preferences}</span>
          </a>
          <a href="/cart" aria-label={t.shop.cartHolding(cartSize)} {...current(path === "/cart")}>
            <Icon name="cart" />
            <span class="account-label">{t.shop.cart}</span>{" "}
            {cartSize > 0 && <span class="count">{cartSize}</span>}
          </a>
        </nav>
      </div>
      {categories ? (
        <nav class="categories" aria-label={t.shop.categories}>
          <ul>
            {categories.map(({ slug, name }) => (
              <li key={slug}>
                <a href={`/categories/${slug}`} {...current(path === `/categories/${slug}`)}>
                  {name[locale]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      ) : (
        <p class="categories-missing quiet" role="status">
          {t.shop.noCategories}
        </p>
      )}
    </header>
  );
}

function SearchForm() {
  const { t, here } = useView();
  const typed = here.startsWith("/search?")
    ? new URLSearchParams(here.slice(here.indexOf("?"))).get("q")
    : null;
  return (
    <search class="shop-search">
      <form action="/search" role="search">
        <label class="visually-hidden" for="q">
          {t.shop.searchFor}
        </label>
        <input
          id="q"
          type="search"
          name="q"
          value={typed ?? ""}
          placeholder={t.shop.searchFor}
          maxLength={100}
          autocomplete="off"
          data-testid="search-input"
        />
        <div id="suggestions" class="suggestions" role="listbox" aria-label={t.shop.suggestions} hidden />
        <button type="submit" data-testid="search-submit">
          <Icon name="search" />
          <span class="visually-hidden">{t.shop.search}</span>
        </button>
      </form>
    </search>
  );
}

interface AccountLinkProps {
  href: string;
  icon: "heart" | "orders" | "profile";
  label: string;
  path: string | undefined;
}

const AccountLink = ({ href, icon, label, path }: AccountLinkProps) => (
  <a href={href} {...current(path === href)}>
    <Icon name={icon} />
    <span class="account-label">{label}</span>
  </a>
);

const current = (is: boolean) => (is ? ({ "aria-current": "page" } as const) : {});
