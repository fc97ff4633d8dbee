import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type ServiceUnderTest, startForTest } from "@mall/kit/testing";
import { product } from "@mall/product";
import request from "supertest";
import { shipping } from "../src/app.ts";

let products: ServiceUnderTest;
let service: ServiceUnderTest;
let ids: string[];

beforeAll(async () => {
  products = await startForTest(product);
  service = await startForTest(shipping, { PRODUCT_URL: products.url, WEIGHTS_SECONDS: "0" });
  const { body } = await request(products.url).get("/products?limit=3");
  ids = body.items.map(({ id }: { id: string }) => id);
});
afterAll(async () => {
  await service.stop();
  await products.stop();
});

const givenProductWeighing = async (grams: number, index = 0): Promise<string> => {
  const id = ids[index] ?? "";
  await products.database.query("update products set weight_grams = $2 where id = $1", [id, grams]);
  return id;
};
const quote = (items: unknown, destination: unknown) =>
  request(service.url).post("/quotes").send({ items, destination });

describe("a quote", () => {
  // By the tariff table: the bands end at 0.5, 2, 5, 10 and 20 kg, and each includes its end.
  const bands: [string, number, number, number][] = [
    ["KR", 1, 250, 1],
    ["KR", 500, 250, 1],
    ["KR", 501, 300, 1],
    ["KR", 2_000, 300, 1],
    ["KR", 2_001, 400, 1],
    ["KR", 20_000, 800, 1],
    ["KR", 20_001, 850, 1], // 800 + 1 started kg × 50
    ["KR", 21_000, 850, 1],
    ["KR", 21_001, 900, 1], // 800 + 2 started kg × 50
    ["JP", 5_000, 2_900, 3],
    ["US", 500, 1_400, 5],
    ["ES", 10_000, 9_000, 5],
    ["ES", 10_001, 16_500, 5],
    ["KW", 23_500, 27_200, 8], // 22800 + 4 started kg × 1100
  ];
  test.each(bands)("to %s for %d g is %d cents", async (country, grams, cents, soonest) => {
    const productId = await givenProductWeighing(grams);

    const { status, body } = await quote([{ productId, quantity: 1 }], { country });

    expect(status).toBe(200);
    expect(body.price).toEqual({ amount: cents, currency: "USD" });
    expect(body.weightGrams).toBe(grams);
    expect(body.days.min).toBe(soonest);
  });

  test("weighs a whole cart together, and a product that stands in it twice twice", async () => {
    const [cup, book] = [await givenProductWeighing(310, 0), await givenProductWeighing(1_250, 1)];
    const items = [
      { productId: cup, quantity: 3 },
      { productId: book, quantity: 2 },
      { productId: cup, quantity: 1 },
    ];

    const { body } = await quote(items, { country: "GB" });

    // 4 × 310 + 2 × 1250 = 3740 g, in the band up to 5 kg
    expect(body).toEqual({
      price: { amount: 5_200, currency: "USD" },
      weightGrams: 3_740,
      days: { min: 5, max: 9 },
    });
  });

  const postalCodes: [string, string, string, number, number][] = [
    ["Seoul", "KR", "04524", 250, 1],
    ["Jeju", "KR", "63122", 550, 2],
    ["California", "US", "94105", 1_400, 5],
    ["Hawaii", "US", "96813-1234", 2_300, 8],
    ["Madrid", "ES", "28013", 1_400, 5],
    ["Tenerife", "ES", "38001", 2_100, 8],
    ["a country whose islands are not told apart", "FR", "38000", 1_400, 5],
  ];
  test.each(postalCodes)(
    "to %s knows what lies apart",
    async (_where, country, postalCode, cents, soonest) => {
      const productId = await givenProductWeighing(500);

      const { body } = await quote([{ productId, quantity: 1 }], { country, postalCode });

      expect(body.price.amount).toBe(cents);
      expect(body.days.min).toBe(soonest);
    },
  );

  test("stays exact for the largest order that is taken", async () => {
    for (const index of ids.keys()) await givenProductWeighing(2_000_000, index);
    const items = Array.from({ length: 100 }, (_, index) => ({ productId: ids[index % 3], quantity: 999 }));

    const { body } = await quote(items, { country: "BR" });

    // 100 × 999 × 2 t = 199,800,000 kg; the last 199,799,980 kg at 1100 cents
    expect(body.weightGrams).toBe(199_800_000_000);
    expect(body.price.amount).toBe(22_800 + 199_799_980 * 1_100);
  });

  test("for products that are not in the catalogue names each of them", async () => {
    const items = [randomUUID(), ids[0], randomUUID()].map((productId) => ({ productId, quantity: 1 }));

    const answer = await quote(items, { country: "KR" });

    expect(answer.status).toBe(422);
    expect(answer.body.errors.map(({ field }: { field: string }) => field)).toEqual([
      "items.0.productId",
      "items.2.productId",
    ]);
  });

  test("to a country that is not served says so", async () => {
    const answer = await quote([{ productId: ids[0], quantity: 1 }], { country: "AQ" });

    expect(answer.status).toBe(422);
    expect(answer.body.errors[0]).toEqual({ field: "destination.country", message: "is not served" });
  });
});
