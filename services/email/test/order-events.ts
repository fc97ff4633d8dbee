import { randomUUID } from "node:crypto";

type Overrides = Record<string, unknown>;

/** An event as checkout sends it; `data` overrides fields of the order, `envelope` those around it. */
export function anEvent(data: Overrides = {}, envelope: Overrides = {}) {
  const currency = typeof data["currency"] === "string" ? data["currency"] : "USD";
  return {
    specversion: "1.0",
    id: randomUUID() as string,
    source: "/checkout",
    type: "order.confirmed",
    time: "2026-11-23T09:30:00.000Z",
    traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    ...envelope,
    data: {
      orderId: randomUUID() as string,
      locale: "en",
      email: "ada@shopper.example",
      name: "Ada Lovelace",
      currency,
      lines: [
        { productId: randomUUID(), name: "Cabin suitcase", quantity: 2, total: { amount: 129900, currency } },
      ],
      subtotal: { amount: 129900, currency },
      shipping: { amount: 500, currency },
      total: { amount: 130400, currency },
      trackingCode: "MALL-7F3K" as string | null,
      failure: null as { code: string } | null,
      ...data,
    },
  };
}

export const aCancellation = (data: Overrides = {}) =>
  anEvent({ trackingCode: null, failure: { code: "sold-out" }, ...data }, { type: "order.cancelled" });
