import { AddressFields } from "../../components/address-fields.tsx";
import { checkedInPlace } from "../../components/checked-in-place.ts";
import { SelectField } from "../../components/field.tsx";
import { Notice } from "../../components/notice.tsx";
import { ProblemSummary } from "../../components/problem-summary.tsx";
import type { TypedAddress } from "../../forms/address-form.ts";
import type { FieldProblems } from "../../forms/field-problem.ts";
import { languageNames, locales } from "../../i18n/locale.ts";
import { useView } from "../../view.ts";

export interface TypedProfile extends TypedAddress {
  language: string;
  currency: string;
}

interface ProfileViewProps {
  typed: TypedProfile;
  problems: FieldProblems;
  saved: boolean;
}

export function ProfileView({ typed, problems, saved }: ProfileViewProps) {
  const { t, locale, currencies } = useView();
  const { problems: _sentences, ...fields } = t.form;
  return (
    <section class="narrow stack">
      <header class="page-title">
        <h1>{t.profile.title}</h1>
        <p>{t.profile.intro}</p>
      </header>
      {saved && <Notice tone="done">{t.profile.saved}</Notice>}
      <ProblemSummary
        problems={problems}
        labels={{ ...fields, language: t.shop.language, currency: t.shop.currency }}
      />
      <form class="stack" method="post" action="/profile" data-testid="profile" {...checkedInPlace(t)}>
        <AddressFields typed={typed} problems={problems} />
        <div class="fields">
          <SelectField
            name="language"
            label={t.shop.language}
            value={typed.language}
            problem={problems["language"]}
            options={locales.map((value) => ({ value, text: languageNames[value] }))}
          />
          <SelectField
            name="currency"
            label={t.shop.currency}
            value={typed.currency}
            problem={problems["currency"]}
            options={currencies.map(({ code, name }) => ({ value: code, text: `${code} · ${name[locale]}` }))}
          />
        </div>
        <button class="button" type="submit">
          {t.profile.save}
        </button>
      </form>
    </section>
  );
}
