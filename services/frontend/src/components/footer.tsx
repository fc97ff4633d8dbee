import { languageNames, locales } from "../i18n/locale.ts";
import { useView } from "../view.ts";
import { Icon } from "./icon.tsx";

export function Footer() {
  const { t } = useView();
  return (
    <footer class="shop-footer">
      <div class="shop-footer-inner">
        <PreferencesForm />
        <p class="quiet">{t.shop.demonstration}</p>
      </div>
    </footer>
  );
}

function PreferencesForm() {
  const { t, locale, currency, currencies, here } = useView();
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
      <Icon name="globe" />
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
        </select>
      </label>
      <button class="button button-quiet" type="submit">
        {t.shop.apply}
      </button>
    </form>
  );
}
