import type { Answer } from "@mall/kit";
import type { Quotation } from "../../clients/checkout-client.ts";
import { countryOf } from "../../countries.ts";
import type { FieldProblem, FieldProblems } from "../../forms/field-problem.ts";
import { lengths } from "../../forms/text-rules.ts";
import { messagesOf } from "../../i18n/messages.ts";
import { optional } from "../../optional.ts";
import { seeOther } from "../../page.tsx";
import type { Shop } from "../../shop.ts";
import type { Visit } from "../../visit.ts";
import type { TypedCheckout } from "./checkout-form.ts";
import { CheckoutView } from "./checkout-view.tsx";
import type { Sale } from "./sale.ts";

/** Why the page is shown again. */
export type CheckoutNews =
  | "updated"
  | "price-changed"
  | "sold-out"
  | "card-declined"
  | "insufficient-funds"
  | "cancelled"
  | "key-reused";

export interface CheckoutState {
  typed: TypedCheckout;
  problems?: FieldProblems;
  news?: CheckoutNews;
  status?: number;
}

export type ShowCheckout = (visit: Visit, sale: Sale, state: CheckoutState) => Promise<Answer>;

/** Shows the checkout's form beside exactly what would be charged now. */
export const createShowCheckout =
  ({ showPage, checkout, cards, currencyList }: Shop): ShowCheckout =>
  async (visit, sale, { typed, problems = {}, news, status = 200 }) => {
    const [quotation, cardList, currencies] = await Promise.all([
      checkout.quote(sale.purchase, { ...quotedFor(typed, visit), locale: visit.locale }),
      optional(cards()),
      currencyList(),
    ]);
    if (isEmpty(quotation)) return seeOther("/cart");
    const quote = quotation.outcome === "quoted" ? quotation.quote : undefined;
    const allProblems = {
      ...(!sale.quantityAccepted && quantityProblem),
      ...quoteProblems(quotation),
      ...problems,
    };

    const t = messagesOf(visit.locale).checkout;
    return showPage(visit, {
      title: sale.buyNow ? t.buyNow : t.title,
      body: (
        <CheckoutView {...{ sale, typed, news, quote, currencies }} cards={cardList} problems={allProblems} />
      ),
      status: status === 200 && Object.keys(allProblems).length > 0 ? 422 : status,
      at: sale.path,
    });
  };

const quantityProblem: FieldProblems = { quantity: "quantity" };

/** What the price depends on, as far as it has been typed. */
function quotedFor({ currency, country, postalCode }: TypedCheckout, { locale, currency: preferred }: Visit) {
  return {
    currency: currency || preferred,
    country: /^[A-Z]{2}$/.test(country) ? country : countryOf[locale],
    postalCode: postalCode.length <= lengths.postalCode ? postalCode : undefined,
  };
}

const isEmpty = (quotation: Quotation): boolean =>
  quotation.outcome === "quoted"
    ? quotation.quote.lines.length + quotation.quote.problems.length === 0
    : quotation.fields.includes("cartId");

/** What checkout has refused to work a price out for, at the fields of the form. */
export function quoteProblems(answer: { outcome: string; fields?: readonly string[] }): FieldProblems {
  return Object.fromEntries((answer.fields ?? []).map((field) => [fieldNamed(field), problemOf(field)]));
}

const fieldNamed = (field: string): string => (field === "to" ? "currency" : field);

function problemOf(field: string): FieldProblem {
  if (field === "country") return "country";
  if (field === "currency" || field === "to") return "currency";
  return field === "cardId" ? "card" : "refused";
}
