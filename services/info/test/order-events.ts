import { randomUUID } from "node:crypto";

interface Sold {
  currency?: string;
  /** Minor units. */
  total?: number;
  /** Of each line. */
  quantities?: number[];
}

/** An event as checkout sends it, with all that is none of this service's business. */
export function anEvent({ currency = "USD", total = 10_000, quantities = [1] }: Sold = {}) {
  const amount = { amount: total, currency };
  return {
    specversion: "1.0",
    id: randomUUID() as string,
    source: "/checkout",
    type: "order.confirmed",
    time: "2026-11-23T09:30:00.000Z",
    traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    data: {
      orderId: randomUUID() as string,
      locale: "en",
      email: "secret@private.example",
      name: "Zyxwvut Secretname",
      currency,
      lines: quantities.map((quantity) => ({
        productId: randomUUID() as string,
        name: "Cabin suitcase",
        quantity,
        total: amount,
      })),
      subtotal: amount,
      shipping: { amount: 0, currency },
      total: amount,
      trackingCode: "MALL-7F3K" as string | null,
      failure: null as { code: string } | null,
    },
  };
}

export function aCancellation(sold: Sold = {}) {
  const event = anEvent(sold);
  const data = { ...event.data, trackingCode: null, failure: { code: "sold-out" } };
  return { ...event, type: "order.cancelled", data };
}
