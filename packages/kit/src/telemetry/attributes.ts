import { trace } from "@opentelemetry/api";

/**
 * Every span attribute of the mall's own, declared once. Everything else on a span follows OpenTelemetry's semantic
 * conventions. A `mall.` attribute that is not listed here fails the whole-mall trace test.
 *
 * None may hold what identifies a person: no name, address, mail, card number, or what somebody typed.
 */
export const mallAttributes = {
  "mall.order.id": { type: "string", brief: "The order that the work is for" },
  "mall.order.state": { type: "string", brief: "The order's state when the span ended" },
  "mall.order.total": { type: "number", brief: "The order's total in minor units of its currency" },
  "mall.order.currency": { type: "string", brief: "ISO 4217 code of the order's currency" },
  "mall.order.replayed": { type: "boolean", brief: "The answer was replayed for its Idempotency-Key" },
  "mall.saga.step": { type: "string", brief: "The saga's step: reserve, charge, ship, commit, or its undo" },
  "mall.saga.resumed": { type: "boolean", brief: "The saga was taken up again after a crash or a failure" },
  "mall.cart.size": { type: "number", brief: "Distinct products in the cart" },
  "mall.product.id": { type: "string", brief: "The product that the work is for" },
  "mall.product.count": { type: "number", brief: "Products in an answer or an index" },
  "mall.category": { type: "string", brief: "Slug of a product category, or the context of an ad" },
  "mall.search.hits": { type: "number", brief: "Results found before paging" },
  "mall.ad.id": { type: "string", brief: "The ad that was shown or clicked" },
  "mall.charge.outcome": { type: "string", brief: "What the acquirer said: captured, declined, …" },
  "mall.conversion.count": { type: "number", brief: "Amounts converted in one call" },
  "mall.shipment.country": { type: "string", brief: "ISO 3166 code of the destination" },
  "mall.event.id": { type: "string", brief: "CloudEvents id" },
  "mall.event.type": { type: "string", brief: "CloudEvents type: order.confirmed, order.cancelled" },
  "mall.event.duplicate": {
    type: "boolean",
    brief: "The event had been handled before, so nothing happened",
  },
  "mall.locale": { type: "string", brief: "Language of the page or mail: ko, en, es" },
  "mall.release": { type: "string", brief: "The version that the request asks for, as its baggage says" },
  "mall.fault": { type: "string", brief: "The fault that was injected on purpose" },
} as const satisfies Record<string, { type: "string" | "number" | "boolean"; brief: string }>;

type Types = { string: string; number: number; boolean: boolean };
export type MallAttributes = {
  [Name in keyof typeof mallAttributes]?: Types[(typeof mallAttributes)[Name]["type"]];
};

/** Puts attributes of the registry on the active span, if there is one. */
export function annotate(attributes: MallAttributes): void {
  trace.getActiveSpan()?.setAttributes(attributes);
}
