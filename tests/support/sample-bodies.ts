import { randomBytes, randomUUID } from "node:crypto";
import { shopper } from "./patient-buyer.ts";

interface Subject {
  orderId: string;
  productId: string;
  sessionId: string;
}

/** For every operation that takes JSON, by `describeOperation`, a body in which nothing is wrong. */
export function sampleBodies({ orderId, productId, sessionId }: Subject): Record<string, object> {
  const line = { productId, quantity: 1 };
  const price = { amount: 1_000, currency: "USD" };
  const event = {
    specversion: "1.0",
    id: randomUUID(),
    source: "/checkout",
    type: "order.confirmed",
    time: new Date().toISOString(),
    data: {
      orderId,
      locale: "en",
      email: shopper.email,
      name: shopper.address.name,
      currency: "USD",
      lines: [{ ...line, name: "Mug", total: price }],
      subtotal: price,
      shipping: price,
      total: price,
      trackingCode: "TRACK-1",
      failure: null,
    },
  };
  const now = `${Date.now()}000000`;
  const span = { traceId: randomBytes(16).toString("hex"), spanId: randomBytes(8).toString("hex"), kind: 1 };
  const browserSpans = {
    resource: { attributes: [{ key: "service.name", value: { stringValue: "storefront-web" } }] },
    scopeSpans: [{ spans: [{ ...span, name: "click", startTimeUnixNano: now, endTimeUnixNano: now }] }],
  };
  return {
    "cart: PUT /carts/{id}/items/{productId}": { quantity: 1 },
    "cart: POST /carts/{id}/items": { items: [line] },
    "cart: PUT /carts/{id}/saved/items/{productId}": { quantity: 1 },
    "cart: POST /carts/{id}/saved/items": { items: [line] },
    "checkout: POST /orders": { ...shopper, line, sessionId, expectedTotal: price },
    "checkout: POST /quotes": { line, currency: "KRW", country: "KR", postalCode: "04524", locale: "ko" },
    "currency: POST /conversions": { to: "KRW", amounts: [price] },
    "email: POST /emails": event,
    "frontend: POST /otlp/v1/traces": { resourceSpans: [browserSpans] },
    "info: POST /events": event,
    "product: PUT /reservations/{orderId}": { lines: [line] },
    "purchase: POST /charges": { orderId, cardId: shopper.cardId, amount: price },
    "shipping: POST /quotes": { items: [line], destination: { country: "KR", postalCode: "04524" } },
    "shipping: PUT /shipments/{orderId}": { items: [line], destination: shopper.address },
  };
}
