import { annotate, type Answer } from "@mall/kit";
import type { Placement } from "../../clients/checkout-client.ts";
import type { Order } from "../../clients/order.ts";
import { readForm } from "../../forms/field-problem.ts";
import { messagesOf } from "../../i18n/messages.ts";
import { optional } from "../../optional.ts";
import { seeOther } from "../../page.tsx";
import type { Shop } from "../../shop.ts";
import type { Visit } from "../../visit.ts";
import { type CheckoutForm, checkoutForm, type TypedCheckout } from "./checkout-form.ts";
import { type CheckoutState, quoteProblems, type ShowCheckout } from "./checkout-page.tsx";
import type { Sale } from "./sale.ts";
import { UnknownOutcome } from "./unknown-outcome.tsx";

export type SubmitCheckout = (visit: Visit, sale: Sale, typed: TypedCheckout) => Promise<Answer>;

/** What happens when the checkout's form is posted: a new total, an order, or the form again with what is wrong. */
export function createSubmitCheckout(shop: Shop, showCheckout: ShowCheckout): SubmitCheckout {
  const { checkout, profiles, showPage } = shop;

  return async (visit, sale, typed) => {
    if (typed.intent === "update") return showCheckout(visit, sale, { typed, news: "updated" });
    const reading = readForm(checkoutForm, typed);
    if ("problems" in reading)
      return showCheckout(visit, sale, { typed, problems: reading.problems, status: 422 });
    if (!sale.quantityAccepted) return showCheckout(visit, sale, { typed, status: 422 });
    const { form } = reading;

    const placement = await place(visit, sale, form);
    if (placement.outcome === "placed")
      return confirm(visit, sale, placement.order, form, typed.remember === "yes");
    if (placement.outcome !== "unknown") return showCheckout(visit, sale, { typed, ...refusalOf(placement) });
    return showPage(visit, {
      title: messagesOf(visit.locale).checkout.unknownTitle,
      body: <UnknownOutcome sale={sale} typed={typed} />,
      status: placement.status,
      at: sale.path,
    });
  };

  function place(visit: Visit, sale: Sale, form: CheckoutForm): Promise<Placement> {
    const { email, name, line1, city, postalCode, country, cardId, currency, idempotencyKey } = form;
    return checkout.place({
      purchase: sale.purchase,
      sessionId: sale.session,
      idempotencyKey,
      cardId,
      currency,
      locale: visit.locale,
      email,
      address: { name, line1, city, postalCode, country },
      expectedTotal: { amount: form.expectedAmount, currency: form.expectedCurrency },
    });
  }

  async function confirm(
    visit: Visit,
    { session, buyNow }: Sale,
    order: Order,
    form: CheckoutForm,
    remember: boolean,
  ) {
    annotate({ "mall.order.id": order.id, "mall.order.state": order.state });
    // Checkout empties the cart of a confirmed order.
    if (!buyNow && order.state === "confirmed") visit.rememberCartSize(0);
    if (remember) await optional(profiles.save(session, { ...form, locale: visit.locale }));
    return seeOther(`/orders/${order.id}/confirmation`);
  }
}

type Refusal = Exclude<Placement, { outcome: "placed" | "unknown" }>;

function refusalOf(placement: Refusal): Pick<CheckoutState, "news" | "problems" | "status"> {
  if (placement.outcome === "invalid") return { problems: quoteProblems(placement), status: 422 };
  if (placement.outcome === "card-refused")
    return { news: placement.reason, problems: { cardId: "otherCard" }, status: 402 };
  return { news: placement.outcome, status: 409 };
}
