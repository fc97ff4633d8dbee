import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type ServiceUnderTest, startForTest } from "@mall/kit/testing";
import request from "supertest";
import { email } from "../src/app.ts";
import { aCancellation, anEvent } from "./order-events.ts";

let mails: ServiceUnderTest;

beforeAll(async () => {
  mails = await startForTest(email);
});
afterAll(() => mails.stop());

async function mailFor(event: ReturnType<typeof anEvent>): Promise<{ subject: string; text: string }> {
  await request(mails.url).post("/emails").send(event).expect(202);
  const { body } = await request(mails.url).get(`/emails?orderId=${event.data.orderId}`);
  // Intl separates a number from its currency by a no-break space, for which a test is no place.
  const [{ subject, text }] = body.items;
  return { subject, text: text.replaceAll("\u00A0", " ") };
}

/** An order of two lines, whose amounts are in minor units. */
function anOrderIn(currency: string, locale: string, [first, second, shipping]: [number, number, number]) {
  const amount = (units: number) => ({ amount: units, currency });
  const line = (name: string, quantity: number, units: number) => ({
    productId: "6f9619ff-8b86-4011-b42d-00c04fc964ff",
    name,
    quantity,
    total: amount(units),
  });
  return {
    orderId: "0b5e6a3e-3d1c-4d52-9a68-6a3c1f0d2e11",
    currency,
    locale,
    lines: [line("Cabin suitcase", 2, first), line("Lamp", 1, second)],
    subtotal: amount(first + second),
    shipping: amount(shipping),
    total: amount(first + second + shipping),
  };
}

test("an English confirmation in dollars", async () => {
  const { subject, text } = await mailFor(anEvent(anOrderIn("USD", "en", [129900, 2550, 0])));

  expect(subject).toBe("Your order 0b5e6a3e is confirmed");
  expect(text).toBe(
    `Hello Ada Lovelace,

Thank you for your order. It is confirmed and on its way to you.

Order 0b5e6a3e-3d1c-4d52-9a68-6a3c1f0d2e11

2 × Cabin suitcase: $1,299.00
1 × Lamp: $25.50

Subtotal: $1,324.50
Shipping: $0.00
Total: $1,324.50

You can follow your parcel with the tracking code MALL-7F3K.

Your mall
`,
  );
});

test("a Korean confirmation in won has no decimals", async () => {
  const event = anEvent({
    ...anOrderIn("KRW", "ko", [1799374, 35000, 4500]),
    orderId: "1b5e6a3e-3d1c-4d52-9a68-6a3c1f0d2e11",
    name: "김하늘",
  });

  const { subject, text } = await mailFor(event);

  expect(subject).toBe("주문 1b5e6a3e이(가) 확정되었습니다");
  expect(text).toContain("김하늘 님, 안녕하세요.");
  expect(text).toContain("2 × Cabin suitcase: ₩1,799,374\n1 × Lamp: ₩35,000\n");
  expect(text).toContain("상품 금액: ₩1,834,374\n배송비: ₩4,500\n총 결제 금액: ₩1,838,874\n");
  expect(text).toContain("운송장 번호 MALL-7F3K");
});

test("a Spanish confirmation in euros groups thousands by a point", async () => {
  const event = anEvent({
    ...anOrderIn("EUR", "es", [100000, 29900, 795]),
    orderId: "2b5e6a3e-3d1c-4d52-9a68-6a3c1f0d2e11",
  });

  const { subject, text } = await mailFor(event);

  expect(subject).toBe("Tu pedido 2b5e6a3e está confirmado");
  expect(text).toContain("Hola, Ada Lovelace:");
  expect(text).toContain("Subtotal: 1.299,00 €\nEnvío: 7,95 €\nTotal: 1.306,95 €\n");
});

test("a currency of three decimals keeps them", async () => {
  const event = anEvent({
    ...anOrderIn("KWD", "en", [1005, 1, 0]),
    orderId: "3b5e6a3e-3d1c-4d52-9a68-6a3c1f0d2e11",
  });

  expect((await mailFor(event)).text).toContain("Total: KWD 1.006\n");
});

describe("a cancellation", () => {
  const reasons: [string, string, string][] = [
    ["en", "card-declined", "Reason: your card was declined."],
    ["en", "something-internal", "Reason: a technical problem on our side."],
    ["en", "constructor", "Reason: a technical problem on our side."],
    ["ko", "sold-out", "사유: 재고를 확보하기 전에 상품이 품절되었습니다."],
    ["ko", "something-internal", "사유: 저희 쪽에 기술적인 문제가 있었습니다."],
    ["es", "insufficient-funds", "Motivo: tu tarjeta no tiene fondos suficientes."],
    ["es", "something-internal", "Motivo: un problema técnico por nuestra parte."],
  ];
  test.each(reasons)("in %s says why after %s", async (locale, code, reason) => {
    const { text } = await mailFor(aCancellation({ locale, failure: { code } }));

    expect(text).toContain(reason);
    expect(text).not.toContain("something-internal");
  });

  test("that is without a failure still makes sense, and promises no parcel", async () => {
    const { subject, text } = await mailFor(aCancellation({ failure: null, trackingCode: "MALL-LATE" }));

    expect(subject).toMatch(/^Your order [\da-f]{8} was cancelled$/);
    expect(text).toContain("a technical problem on our side");
    expect(text).toContain("You pay nothing.");
    expect(text).not.toContain("MALL-LATE");
  });
});

test.each([
  ["line breaks", "Ada\r\nBcc: eve@x.example\r\n\r\nPay here", "Hello Ada Bcc: eve@x.example Pay here,"],
  ["a zero byte", "Ada\u0000Lovelace", "Hello Ada Lovelace,"],
  ["Unicode's line separators", "Ada\u2028Lovelace\u2029", "Hello Ada Lovelace,"],
  ["a bidirectional override", "Ada\u202Eecalevol", "Hello Ada ecalevol,"],
  ["half a surrogate pair", "Ada\uD83D", "Hello Ada\uFFFD,"],
  [
    "placeholders of template languages",
    "${process.env} {{name}} %s $& $1",
    "Hello ${process.env} {{name}} %s $& $1,",
  ],
  ["markup", "<script>alert(1)</script>", "Hello <script>alert(1)</script>,"],
  ["emoji that are joined", "👩‍🚀", "Hello 👩‍🚀,"],
])("a name with %s stays within its line and means nothing", async (_what, name, greeting) => {
  const { subject, text } = await mailFor(anEvent({ name }));

  expect(text.split("\n")[0]).toBe(greeting);
  expect(subject).toMatch(/^Your order [\da-f]{8} is confirmed$/);
});

test("a product's name and a tracking code cannot start a line of their own either", async () => {
  const order = anOrderIn("USD", "en", [100, 200, 0]);
  const [line] = order.lines;
  const event = anEvent({
    ...order,
    orderId: "4b5e6a3e-3d1c-4d52-9a68-6a3c1f0d2e11",
    lines: [{ ...line, name: "Lamp\nTotal: $0.00" }],
    trackingCode: "X\n\nPay again",
  });

  const { text } = await mailFor(event);

  expect(text).toContain("2 × Lamp Total: $0.00: $1.00\n");
  expect(text).toContain("tracking code X Pay again.\n");
});
