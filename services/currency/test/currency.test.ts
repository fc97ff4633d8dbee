import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type ServiceUnderTest, startForTest } from "@mall/kit/testing";
import request from "supertest";
import { currency } from "../src/app.ts";

let service: ServiceUnderTest;

beforeAll(async () => {
  service = await startForTest(currency);
});
afterAll(() => service.stop());

const api = () => request(service.url);
const inMinorUnits = (currencyCode: string, ...amounts: number[]) =>
  amounts.map((amount) => ({ amount, currency: currencyCode }));
const usd = (amount: unknown) => ({ to: "KRW", amounts: [{ amount, currency: "USD" }] });
const convert = (to: string, amounts: unknown) => api().post("/conversions").send({ to, amounts });

describe("the currencies", () => {
  test("are listed with exponent, name in three languages, rate and its date", async () => {
    const { status, body } = await api().get("/currencies");

    expect(status).toBe(200);
    expect(body.next).toBeNull();
    const exponents = Object.fromEntries(
      body.items.map(({ code, exponent }: { code: string; exponent: number }) => [code, exponent]),
    );
    expect(exponents).toEqual({ USD: 2, EUR: 2, KRW: 0, JPY: 0, GBP: 2, CNY: 2, KWD: 3, MXN: 2 });
    expect(body.items[2]).toEqual({
      code: "KRW",
      exponent: 0,
      name: { ko: "대한민국 원", en: "South Korean won", es: "Won surcoreano" },
      rate: "1385.20",
      date: "2026-11-20",
    });
  });

  test("are found one by one; what the mall does not sell in is not there", async () => {
    const dinar = await api().get("/currencies/KWD");
    const list = await api().get("/currencies");
    const missing = await Promise.all(
      ["AUD", "krw", "toString"].map((code) => api().get(`/currencies/${code}`)),
    );

    expect(dinar.body).toEqual(list.body.items.find(({ code }: { code: string }) => code === "KWD"));
    expect(missing.map(({ status }) => status)).toEqual([404, 404, 404]);
  });
});

describe("a conversion", () => {
  // Worked out by hand. Each pair of amounts falls exactly between two minor units: one rounds up, one down, to even.
  const ties: [string, string, [number, number][]][] = [
    [
      "KRW",
      "1.25 × 1385.20 = 1731.5 and 3.75 × 1385.20 = 5194.5 won",
      [
        [125, 1732],
        [375, 5194],
      ],
    ],
    [
      "JPY",
      "2.50 × 155.40 = 388.5 and 7.50 × 155.40 = 1165.5 yen",
      [
        [250, 388],
        [750, 1166],
      ],
    ],
    [
      "KWD",
      "0.50 × 0.3070 = 153.5 and 1.50 × 0.3070 = 460.5 fils",
      [
        [50, 154],
        [150, 460],
      ],
    ],
    [
      "EUR",
      "10.00 × 0.9215 = 921.5 and 30.00 × 0.9215 = 2764.5 cents",
      [
        [1000, 922],
        [3000, 2764],
      ],
    ],
  ];
  test.each(ties)("of dollars to %s rounds ties half-even: %s", async (to, _sum, pairs) => {
    const dollars = inMinorUnits("USD", ...pairs.map(([given]) => given));

    const { body } = await convert(to, dollars);

    expect(body.amounts).toEqual(inMinorUnits(to, ...pairs.map(([, expected]) => expected)));
  });

  // Worked out by hand: the rate to ten digits first, then the amount at that very rate, rounded once.
  const crossRates: [string, string, string, number, number][] = [
    ["EUR", "KRW", "1503.2013022246", 999, 15_017],
    ["JPY", "KWD", "0.001975547", 1_000, 1_976],
    ["KRW", "USD", "0.0007219174", 50_000, 3_610],
    ["USD", "KRW", "1385.20", 129_900, 1_799_375],
    ["KWD", "KWD", "1", 1_234, 1_234],
  ];
  test.each(crossRates)("of %s to %s uses and shows the rate %s", async (from, to, rate, given, expected) => {
    const { body } = await convert(to, inMinorUnits(from, given));

    expect(body).toEqual({
      to,
      amounts: inMinorUnits(to, expected),
      rates: [{ from, to, rate, date: "2026-11-20" }],
    });
  });

  test("of many amounts keeps their order and shows each rate once", async () => {
    const amounts = [
      ...inMinorUnits("USD", 100, 0),
      ...inMinorUnits("EUR", 100),
      ...inMinorUnits("USD", 200),
      ...inMinorUnits("KRW", 7),
    ];

    const { body } = await convert("KRW", amounts);

    expect(body.amounts).toEqual(inMinorUnits("KRW", 1385, 0, 1503, 2770, 7));
    expect(body.rates.map(({ from }: { from: string }) => from)).toEqual(["USD", "EUR", "KRW"]);
  });

  test("is exact beyond what a floating point number can hold", async () => {
    // 29,000,000,000,000.01 dollars × 0.3070 = 8,903,000,000,000.00307 dinars
    const { body } = await convert("KWD", inMinorUnits("USD", 2_900_000_000_000_001));

    expect(body.amounts).toEqual(inMinorUnits("KWD", 8_903_000_000_000_003));
  });

  test("names every currency that the mall does not sell in, also those that ISO 4217 knows", async () => {
    const answer = await convert("AUD", [...inMinorUnits("USD", 1), ...inMinorUnits("CHF", 1)]);

    expect(answer.status).toBe(422);
    expect(answer.body.errors.map(({ field }: { field: string }) => field)).toEqual([
      "to",
      "amounts.1.currency",
    ]);
  });
});

describe("a conversion is refused, naming the field, for", () => {
  const refusals: [string, unknown, number, string][] = [
    ["a negative amount", usd(-1), 422, "amounts.0.amount"],
    ["a fractional amount", usd(1.5), 422, "amounts.0.amount"],
    ["an amount beyond any integer", usd(1e300), 422, "amounts.0.amount"],
    ["an amount whose result is beyond any integer", usd(9e15), 422, "amounts.0.amount"],
    ["an amount in words", usd("one"), 422, "amounts.0.amount"],
    ["an unknown target", { ...usd(1), to: "XXX" }, 422, "to"],
    ["an unknown source", { to: "KRW", amounts: inMinorUnits("ZZZ", 1) }, 422, "amounts.0.currency"],
    ["a property of every object as currency", { ...usd(1), to: "constructor" }, 422, "to"],
    ["no amounts", { to: "KRW", amounts: [] }, 422, "amounts"],
    ["101 amounts", { to: "KRW", amounts: inMinorUnits("USD", ...Array(101).keys()) }, 422, "amounts"],
    ["a field that it does not know", { ...usd(1), rate: "2" }, 422, "rate"],
    ["no body", undefined, 415, "content-type"],
  ];
  test.each(refusals)("%s", async (_what, body, status, field) => {
    const answer = await api()
      .post("/conversions")
      .send(body as object);

    expect(answer.status).toBe(status);
    expect(answer.type).toBe("application/problem+json");
    expect(answer.body.errors[0].field).toBe(field);
  });

  const unreadable: [string, string, string, number, string][] = [
    ["malformed JSON", "application/json", '{"to": "KRW", ', 400, "body"],
    ["a body of 10 MB", "application/json", JSON.stringify({ to: "x".repeat(10e6) }), 413, "body"],
    ["a wrong content type", "text/plain", JSON.stringify(usd(1)), 415, "content-type"],
  ];
  test.each(unreadable)("%s", async (_what, type, body, status, field) => {
    const answer = await api().post("/conversions").type(type).send(body);

    expect(answer.status).toBe(status);
    expect(answer.type).toBe("application/problem+json");
    expect(answer.body.errors[0].field).toBe(field);
  });
});
