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
  ({ showPage, checkout, cards, currencyList, pageMs }: Shop): ShowCheckout =>
  async (visit, sale, { typed, problems = {}, news, status = 200 }) => {
    const [quotation = noQuotation, cardList, currencies] = await Promise.all([
      optional(
        checkout.quote(sale.purchase, { ...quotedFor(typed, visit), locale: visit.locale }),
        pageMs - assemblyMs,
      ),
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
    const page = await showPage(visit, {
      title: sale.buyNow ? t.buyNow : t.title,
      body: (
        <CheckoutView
          {...{ sale, typed, news, quote, currencies }}
          totalMissing={quotation === noQuotation}
          cards={cardList}
          problems={allProblems}
        />
      ),
      status: status === 200 ? statusOf(quotation, allProblems) : status,
      at: sale.path,
    });
    return quotation === noQuotation ? { ...page, headers: { ...page.headers, ...soon } } : page;
  };

// What is left for the page itself, when the total has been waited for as long as there was hope.
const assemblyMs = 300;

/** Nobody can say what it costs: whatever that needs is down. */
const noQuotation = { outcome: "missing" } as const;

const soon = { "retry-after": "2" };

function statusOf(quotation: Quotation | typeof noQuotation, problems: FieldProblems): number {
  if (quotation === noQuotation) return 503;
  return Object.keys(problems).length > 0 ? 422 : 200;
}

const quantityProblem: FieldProblems = { quantity: "quantity" };

/** What the price depends on, as far as it has been typed. */
function quotedFor({ currency, country, postalCode }: TypedCheckout, { locale, currency: preferred }: Visit) {
  return {
    currency: currency || preferred,
    country: /^[A-Z]{2}$/.test(country) ? country : countryOf[locale],
    postalCode: postalCode.length <= lengths.postalCode ? postalCode : undefined,
  };
}

function isEmpty(quotation: Quotation | typeof noQuotation): boolean {
  if (quotation.outcome === "quoted")
    return quotation.quote.lines.length + quotation.quote.problems.length === 0;
  return quotation.outcome === "invalid" && quotation.fields.includes("cartId");
}

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
