import type { Phrases } from "./phrases.ts";

export const en: Phrases = {
  greeting: (name) => `Hello ${name},`,
  order: (id) => `Order ${id}`,
  confirmed: {
    subject: (shortId) => `Your order ${shortId} is confirmed`,
    opening: "Thank you for your order. It is confirmed and on its way to you.",
    tracking: (code) => `You can follow your parcel with the tracking code ${code}.`,
  },
  cancelled: {
    subject: (shortId) => `Your order ${shortId} was cancelled`,
    opening: "We are sorry: your order could not be completed and was cancelled.",
    reasons: {
      "sold-out": "Reason: a product sold out before we could reserve it for you.",
      "price-changed": "Reason: a price changed while you were ordering.",
      "card-declined": "Reason: your card was declined.",
      "insufficient-funds": "Reason: your card does not have sufficient funds.",
    },
    otherReason: "Reason: a technical problem on our side.",
    noCharge: "You pay nothing. Should an amount have been taken, it has been refunded.",
  },
  subtotal: "Subtotal",
  shipping: "Shipping",
  total: "Total",
  closing: "Your mall",
};
