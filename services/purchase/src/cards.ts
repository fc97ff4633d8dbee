/**
 * What the acquirer does with a card, always the same:
 * - `captures`: takes the money at once
 * - `declined`: refuses
 * - `insufficient-funds`: refuses amounts over the card's limit
 * - `slow`: takes the money after a second or so
 * - `silent`: takes the money, and then does not say so; asked again, it does
 */
export const behaviours = ["captures", "declined", "insufficient-funds", "slow", "silent"] as const;
export type Behaviour = (typeof behaviours)[number];

export interface Card {
  id: string;
  brand: string;
  /** All that is known of the card's number, here and everywhere. */
  last4: string;
  label: Readonly<Record<"ko" | "en" | "es", string>>;
  behaviour: Behaviour;
}

/** The most that one charge of a card may be, in minor units by currency; nothing in any other currency. */
export const limits: Readonly<Record<string, number>> = {
  USD: 5_000,
  EUR: 4_500,
  KRW: 70_000,
  JPY: 7_500,
  GBP: 4_000,
  CNY: 35_000,
  KWD: 15_000,
  MXN: 90_000,
};

/** In the order in which the checkout page offers them. */
export const cards: readonly Card[] = [
  {
    id: "visa-4242",
    brand: "Visa",
    last4: "4242",
    label: { ko: "비자 •••• 4242", en: "Visa •••• 4242", es: "Visa •••• 4242" },
    behaviour: "captures",
  },
  {
    id: "mastercard-4444",
    brand: "Mastercard",
    last4: "4444",
    label: { ko: "마스터카드 •••• 4444", en: "Mastercard •••• 4444", es: "Mastercard •••• 4444" },
    behaviour: "captures",
  },
  {
    id: "amex-0005",
    brand: "American Express",
    last4: "0005",
    label: {
      ko: "아메리칸 엑스프레스 •••• 0005",
      en: "American Express •••• 0005",
      es: "American Express •••• 0005",
    },
    behaviour: "captures",
  },
  {
    id: "visa-0002",
    brand: "Visa",
    last4: "0002",
    label: {
      ko: "비자 •••• 0002 (항상 거절됨)",
      en: "Visa •••• 0002 (always declined)",
      es: "Visa •••• 0002 (siempre rechazada)",
    },
    behaviour: "declined",
  },
  {
    id: "visa-9995",
    brand: "Visa",
    last4: "9995",
    label: {
      ko: "비자 •••• 9995 (한도 낮음)",
      en: "Visa •••• 9995 (low limit)",
      es: "Visa •••• 9995 (límite bajo)",
    },
    behaviour: "insufficient-funds",
  },
  {
    id: "mastercard-3220",
    brand: "Mastercard",
    last4: "3220",
    label: {
      ko: "마스터카드 •••• 3220 (느린 응답)",
      en: "Mastercard •••• 3220 (slow to answer)",
      es: "Mastercard •••• 3220 (respuesta lenta)",
    },
    behaviour: "slow",
  },
  {
    id: "jcb-0505",
    brand: "JCB",
    last4: "0505",
    label: {
      ko: "JCB •••• 0505 (결제 후 응답 없음)",
      en: "JCB •••• 0505 (charges, then goes silent)",
      es: "JCB •••• 0505 (cobra y no responde)",
    },
    behaviour: "silent",
  },
];

const byId = new Map(cards.map((card) => [card.id, card]));

export const findCard = (id: string): Card | undefined => byId.get(id);
