import { countryOptions } from "../countries.ts";
import type { TypedAddress } from "../forms/address-form.ts";
import type { FieldProblems } from "../forms/field-problem.ts";
import { lengths } from "../forms/text-rules.ts";
import { useView } from "../view.ts";
import { SelectField, TextField } from "./field.tsx";

interface AddressFieldsProps {
  typed: TypedAddress;
  problems: FieldProblems;
}

const texts = [
  { name: "email", autocomplete: "email" },
  { name: "name", autocomplete: "name" },
  { name: "line1", autocomplete: "street-address" },
  { name: "city", autocomplete: "address-level2" },
  { name: "postalCode", autocomplete: "postal-code" },
] as const;

export function AddressFields({ typed, problems }: AddressFieldsProps) {
  const { t, locale } = useView();
  return (
    <div class="fields">
      {texts.map(({ name, autocomplete }) => (
        <TextField
          key={name}
          name={name}
          type={name === "email" ? "email" : "text"}
          label={t.form[name]}
          value={typed[name]}
          problem={problems[name]}
          autocomplete={autocomplete}
          maxLength={lengths[name]}
        />
      ))}
      <SelectField
        name="country"
        label={t.form.country}
        value={typed.country}
        problem={problems["country"]}
        autocomplete="country"
        options={countryOptions(locale)}
        placeholder={t.form.chooseCountry}
      />
    </div>
  );
}
