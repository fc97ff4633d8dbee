import type { Locale } from "./locale.ts";

interface PluralForms extends Partial<Record<Intl.LDMLPluralRule, string>> {
  /** Instead of a form with 0 in it. */
  none?: string;
  other: string;
}

/**
 * Picks the plural form that the language uses for a count (CLDR rules) and puts the count in its place:
 * `plurals("en")(1, { one: "# item", other: "# items" })` is "1 item".
 */
export function plurals(locale: Locale): (count: number, forms: PluralForms) => string {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (count, forms) => {
    if (count === 0 && forms.none) return forms.none;
    return (forms[rules.select(count)] ?? forms.other).replace("#", numbers.format(count));
  };
}
