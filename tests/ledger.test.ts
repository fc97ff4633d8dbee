import { describe, expect, test } from "@jest/globals";
import type { Books } from "./support/books.ts";
import { discrepancies, unsettled } from "./support/ledger.ts";

const lines = [{ productId: "mug", quantity: 2 }];
const order = { total: 2_500, currency: "USD", lines };
const paid = { orderId: "bought", state: "captured", amount: 2_500, currency: "USD" };

/** Two orders, one confirmed and one cancelled, as they stand in the books of a mall in which all went well. */
const balanced: Books = {
  orders: [
    { ...order, id: "bought", state: "confirmed" },
    { ...order, id: "refused", state: "cancelled" },
  ],
  undelivered: 0,
  charges: [paid, { ...paid, orderId: "refused", state: "refunded" }],
  captures: [paid],
  shipments: [
    { orderId: "bought", state: "booked", items: lines },
    { orderId: "refused", state: "cancelled", items: null },
  ],
  reservations: [
    { orderId: "bought", state: "committed", lines },
    { orderId: "refused", state: "released", lines },
  ],
  stock: new Map([["mug", 8]]),
  mails: [
    { orderId: "bought", eventId: "first", template: "order-confirmed" },
    { orderId: "refused", eventId: "second", template: "order-cancelled" },
  ],
  countedEvents: ["first", "second"],
  statistics: [{ currency: "USD", confirmed: 1, cancelled: 1, productsSold: 2, revenue: 2_500 }],
};
const terms = { openingStock: new Map([["mug", 10]]), acknowledged: ["bought", "refused"] };

test("books of a mall in which all went well balance", () => {
  expect(unsettled(balanced)).toEqual([]);
  expect(discrepancies(balanced, terms)).toEqual([]);
});

describe("the ledger tells of", () => {
  const [bought, refused] = balanced.orders;
  const [mail] = balanced.mails;
  const cases: [string, Partial<Books>, RegExp][] = [
    ["a confirmed order that was not charged", { charges: [] }, /^charge missing: bought/],
    [
      "a charge of another amount",
      { charges: [{ ...paid, amount: 2_400 }] },
      /^charge too many: bought: 2400/,
    ],
    [
      "a cancelled order that was not refunded",
      { charges: [paid, { ...paid, orderId: "refused" }] },
      /^charge too many: refused/,
    ],
    ["a capture twice", { captures: [paid, paid] }, /^capture in the acquirer's ledger too many: bought/],
    ["a confirmed order that was not shipped", { shipments: [] }, /^shipment missing: bought/],
    [
      "a cancelled order that was shipped",
      { shipments: balanced.shipments.map((each) => ({ ...each, state: "booked", items: lines })) },
      /^shipment too many: refused/,
    ],
    [
      "stock that is held for nobody",
      { reservations: balanced.reservations.map((each) => ({ ...each, state: "held" })) },
      /^stock is still held for order refused/,
    ],
    ["stock that has vanished", { stock: new Map([["mug", 7]]) }, /^stock missing: mug: 8/],
    ["a stock below zero", { stock: new Map([["mug", -1]]) }, /^the stock of mug is negative/],
    [
      "a mail that was never written",
      { mails: mail ? [mail] : [] },
      /^mail missing: refused: order-cancelled/,
    ],
    ["a mail too many", { mails: [...balanced.mails, ...balanced.mails] }, /^mail too many: bought/],
    [
      "an event that was not counted",
      { countedEvents: ["first"] },
      /^event in the statistics missing: second/,
    ],
    [
      "an order that was counted twice",
      { statistics: [{ currency: "USD", confirmed: 2, cancelled: 1, productsSold: 4, revenue: 5_000 }] },
      /^total of the statistics too many: USD: 2 confirmed/,
    ],
    [
      "an order that was lost",
      { orders: bought ? [bought] : [] },
      /^order refused was acknowledged and is lost/,
    ],
  ];
  test.each(cases)("%s", (_what, tampered, sentence) => {
    const told = discrepancies({ ...balanced, ...tampered }, terms);
    expect(told).toContainEqual(expect.stringMatching(sentence));
  });

  test("what is still on its way", () => {
    const books = { ...balanced, orders: refused ? [{ ...refused, state: "charged" }] : [], undelivered: 1 };
    expect(unsettled(books)).toEqual(["order refused is still charged", "1 events are not delivered"]);
  });
});
