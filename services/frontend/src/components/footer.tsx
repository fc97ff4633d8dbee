import { onlyCatalogueCurrency } from "../currencies.ts";
import { languageNames, locales } from "../i18n/locale.ts";
import { useView } from "../view.ts";
import { Icon } from "./icon.tsx";

export function Footer() {
  const { t, categories = [], locale } = useView();
  return (
    <footer class="shop-footer">
      <div class="shop-footer-inner">
        <div class="footer-about">
          <p class="brand">
            <Icon name="bag" />
            {t.shop.name}
          </p>
          <p class="quiet">{t.shop.tagline}</p>
          <p class="quiet">{t.shop.demonstration}</p>
        </div>
        {categories.length > 0 && (
          <FooterLinks
            title={t.shop.categories}
            links={categories.map(({ slug, name }) => ({ href: `/categories/${slug}`, text: name[locale] }))}
          />
        )}
        <FooterLinks
          title={t.shop.account}
          links={[
            { href: "/cart", text: t.shop.cart },
            { href: "/saved", text: t.shop.saved },
            { href: "/orders", text: t.shop.orders },
            { href: "/profile", text: t.shop.profile },
          ]}
        />
        <PreferencesForm />
      </div>
    </footer>
  );
}

function FooterLinks({ title, links }: { title: string; links: readonly { href: string; text: string }[] }) {
  return (
    <div class="footer-links">
      <p class="footer-title">{title}</p>
      <ul>
        {links.map(({ href, text }) => (
          <li key={href}>
            <a href={href}>{text}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function PreferencesForm() {
  const { t, locale, currency, currencies, here } = useView();
  // While the others are unknown, choosing a language must not change the currency.
  const unknown = currencies.some(({ code }) => code === currency) ? [] : [currency];
  return (
    <form
      class="preferences"
      method="post"
      action="/preferences"
      id="preferences"
      aria-label={t.shop.preferences}
      data-testid="preferences"
    >
      <input type="hidden" name="returnTo" value={here} />
      <p class="footer-title">
        <Icon name="globe" />
        {t.shop.preferences}
      </p>
      <label>
        <span class="visually-hidden">{t.shop.language}</span>
        <select name="language">
          {locales.map((each) => (
            <option key={each} value={each} lang={each} selected={each === locale}>
              {languageNames[each]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span class="visually-hidden">{t.shop.currency}</span>
        <select name="currency">
          {currencies.map(({ code, name }) => (
            <option key={code} value={code} selected={code === currency}>
              {`${code} · ${name[locale]}`}
            </option>
          ))}
          {unknown.map((code) => (
            <option key={code} value={code} selected>
              {code}
            </option>
          ))}
        </select>
      </label>
      {currencies === onlyCatalogueCurrency && <p class="quiet">{t.shop.noCurrencies}</p>}
      <button class="button button-quiet" type="submit">
        {t.shop.apply}
      </button>
    </form>
  );
}
