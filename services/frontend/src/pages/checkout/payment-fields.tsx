import { ProblemText, SelectField } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { Notice } from "../../components/notice.tsx";
import { useView } from "../../view.ts";
import type { CheckoutViewProps } from "./checkout-view.tsx";

type PaymentFieldsProps = Pick<CheckoutViewProps, "typed" | "problems" | "cards" | "currencies">;

export function PaymentFields({ typed, problems, cards, currencies }: PaymentFieldsProps) {
  const { t, locale } = useView();
  const problem = problems["cardId"];
  return (
    <fieldset id="cardId" aria-describedby={problem && "cardId-problem"}>
      <legend>{t.checkout.payment}</legend>
      <SelectField
        name="currency"
        label={t.shop.currency}
        value={typed.currency}
        problem={problems["currency"]}
        options={currencies.map(({ code, name }) => ({ value: code, text: `${code} · ${name[locale]}` }))}
      />
      <ProblemText name="cardId" problem={problem} />
      {cards === undefined && (
        <Notice tone="problem" testId="no-cards">
          {t.checkout.noCards}
        </Notice>
      )}
      {cards?.map(({ id, label }) => (
        <label key={id} class="choice choice-card">
          <input type="radio" name="cardId" value={id} required checked={id === typed.cardId} />
          <Icon name="card" />
          <span>{label[locale]}</span>
        </label>
      ))}
    </fieldset>
  );
}
