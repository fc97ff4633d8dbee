import { formatMoney } from "@mall/kit";
import type { Locale, Mail } from "./mail.ts";
import type { OrderData, OrderEvent } from "./order-event.ts";
import { en } from "./phrases/en.ts";
import { es } from "./phrases/es.ts";
import { ko } from "./phrases/ko.ts";
import type { Phrases } from "./phrases/phrases.ts";

const phrasesOf: Readonly<Record<Locale, Phrases>> = { ko, en, es };

/**
 * Writes the mail about an order in the buyer's language. What strangers typed is put into plain text as a value;
 * nothing searches it for placeholders, and no header but `To` holds any of it.
 */
export function composeMail({ id, type, data }: OrderEvent): Mail {
  const phrases = phrasesOf[data.locale];
  const confirmed = type === "order.confirmed";
  const { subject } = confirmed ? phrases.confirmed : phrases.cancelled;
  return {
    eventId: id,
    orderId: data.orderId,
    template: confirmed ? "order-confirmed" : "order-cancelled",
    locale: data.locale,
    to: data.email,
    // Enough of the id to tell one's own orders apart, short enough for a phone's list of mails.
    subject: subject(data.orderId.slice(0, 8)),
    text: paragraphs(
      phrases.greeting(data.name),
      confirmed ? phrases.confirmed.opening : cancellation(phrases, data),
      phrases.order(data.orderId),
      lines(data),
      totals(phrases, data),
      confirmed && data.trackingCode !== null && phrases.confirmed.tracking(data.trackingCode),
      phrases.closing,
    ),
  };
}

function cancellation({ cancelled }: Phrases, { failure }: OrderData): string {
  const code = failure?.code ?? "";
  const reason = Object.hasOwn(cancelled.reasons, code) ? cancelled.reasons[code] : undefined;
  return [cancelled.opening, reason ?? cancelled.otherReason, cancelled.noCharge].join("\n");
}

const lines = ({ lines: ordered, locale }: OrderData): string =>
  ordered
    .map(({ quantity, name, total }) => `${quantity} × ${name}: ${formatMoney(total, locale)}`)
    .join("\n");

const totals = (phrases: Phrases, { subtotal, shipping, total, locale }: OrderData): string =>
  [
    `${phrases.subtotal}: ${formatMoney(subtotal, locale)}`,
    `${phrases.shipping}: ${formatMoney(shipping, locale)}`,
    `${phrases.total}: ${formatMoney(total, locale)}`,
  ].join("\n");

const paragraphs = (...parts: (string | false)[]): string =>
  `${parts.filter((part) => part !== false).join("\n\n")}\n`;
