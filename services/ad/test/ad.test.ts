import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type ServiceUnderTest, startForTest } from "@mall/kit/testing";
import { product } from "@mall/product";
import request from "supertest";
import { ad } from "../src/app.ts";

interface Ad {
  id: string;
  context: string;
  productSlug: string;
  text: Record<"ko" | "en" | "es", string>;
  image: string;
}

let products: ServiceUnderTest;
let ads: ServiceUnderTest;
let categories: string[];

beforeAll(async () => {
  products = await startForTest(product);
  ads = await startForTest(ad);
  const { body } = await request(products.url).get("/categories");
  categories = body.items.map(({ slug }: { slug: string }) => slug);
});
afterAll(async () => {
  await ads.stop();
  await products.stop();
});

const api = () => request(ads.url);
const list = async (query: Record<string, string | number> = {}) =>
  (await api().get("/ads").query(query)).body as { items: Ad[]; next: string | null };
const everyAd = async (): Promise<Ad[]> =>
  (await Promise.all(["general", ...categories].map((context) => list({ context })))).flatMap(
    ({ items }) => items,
  );
const click = (id: string) => api().post(`/ads/${id}/clicks`);
const rows = () => ads.database.query("select * from ad_clicks order by ad_id");
const clicksOf = async (id: string): Promise<number> => (await api().get(`/ads/${id}`)).body.clicks;

describe("the ads", () => {
  test("are several for each category of the catalogue, for products of that category", async () => {
    expect(categories.length).toBeGreaterThanOrEqual(8);
    for (const category of categories) {
      const { items } = await list({ context: category });

      expect(items.length).toBeGreaterThanOrEqual(2);
      for (const { productSlug, image } of items) {
        const { body } = await request(products.url).get(`/products/${productSlug}`);
        expect({ productSlug, category: body.category, image }).toEqual({
          productSlug,
          category,
          image: body.image,
        });
      }
    }
  });

  test("are all for products that exist, with ids and texts of their own in three languages", async () => {
    const all = await everyAd();

    expect(all.length).toBeGreaterThanOrEqual(16);
    for (const { productSlug } of all) {
      expect((await request(products.url).get(`/products/${productSlug}`)).status).toBe(200);
    }
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const locale of ["ko", "en", "es"] as const) {
      expect(new Set(all.map(({ text }) => text[locale])).size).toBe(all.length);
    }
    for (const { text } of all) expect(text.ko).toMatch(/\p{Script=Hangul}/u);
  });

  test("take turns: of as many questions as there are ads, each is the first answer once", async () => {
    const { items } = await list({ context: "audio" });

    const firsts = [];
    for (const _ of items) firsts.push((await list({ context: "audio", limit: 1 })).items[0]?.id);

    expect(firsts.toSorted()).toEqual(items.map(({ id }) => id).toSorted());
  });

  test.each([undefined, "no-such-category", "general"])(
    "are general ones where the context is %s",
    async (context) => {
      const { items } = await list(context === undefined ? {} : { context });

      expect(items.length).toBeGreaterThanOrEqual(2);
      expect(new Set(items.map((each) => each.context))).toEqual(new Set(["general"]));
    },
  );

  test("are paged without repeating one, although others ask in between", async () => {
    const whole = await list({ context: "general" });
    const seen: string[] = [];

    let page = await list({ context: "general", limit: 1 });
    seen.push(...page.items.map(({ id }) => id));
    while (page.next) {
      await list({ context: "general" });
      page = await list({ context: "general", limit: 1, cursor: page.next });
      seen.push(...page.items.map(({ id }) => id));
    }

    expect(seen.toSorted()).toEqual(whole.items.map(({ id }) => id).toSorted());
  });
});

describe("clicks", () => {
  test("begin at none and are counted", async () => {
    expect(await clicksOf("your-move")).toBe(0);

    const first = await click("your-move");
    const second = await click("your-move");

    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.headers["location"]).toBe("/ads/your-move");
    expect(second.body).toEqual({ id: "your-move", clicks: 2 });
    expect(await clicksOf("your-move")).toBe(2);
    expect(await clicksOf("all-aboard")).toBe(0);
  });

  test("of many people at once are all counted", async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => click("side-a")));

    const counts = answers.map(({ body }) => body.clicks).toSorted((a, b) => a - b);
    expect(counts).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(await clicksOf("side-a")).toBe(50);
  });

  test("outlive the process", async () => {
    await click("first-frost");
    const again = await startForTest(ad, { DATABASE_URL: ads.database.url });

    const { body } = await request(again.url).get("/ads/first-frost");

    expect(body.clicks).toBe(1);
    await again.stop();
  });
});

describe("refused, with nothing counted, is", () => {
  test("a click on an ad that does not exist", async () => {
    const before = await rows();

    const answer = await click("no-such-ad");

    expect(answer.status).toBe(404);
    expect(answer.type).toBe("application/problem+json");
    expect(answer.body.errors[0].field).toBe("id");
    expect(await rows()).toEqual(before);
  });

  test.each([
    ["malformed JSON", "application/json", "{"],
    ["a count of one's own", "application/json", '{"clicks":1000}'],
    ["text", "text/plain", "click"],
    ["ten megabytes", "application/octet-stream", "x".repeat(10_000_000)],
  ])("%s sent along with a click", async (_what, type, body) => {
    const before = await rows();

    const answer = await click("camp-light").type(type).send(body);

    expect(answer.status).toBe(422);
    expect(answer.body.errors[0].field).toBe("body");
    expect(await rows()).toEqual(before);
  });

  test.each(["get", "put", "delete"] as const)("a click by %s", async (method) => {
    const before = await rows();

    const answer = await api()[method]("/ads/camp-light/clicks");

    expect(answer.status).toBe(405);
    expect(answer.headers["allow"]).toBe("POST");
    expect(await rows()).toEqual(before);
  });

  const refusals: [string, Record<string, string | number>, string][] = [
    ["an empty page", { limit: 0 }, "limit"],
    ["a fractional page", { limit: 1.5 }, "limit"],
    ["a context without end", { context: "x".repeat(101) }, "context"],
    ["an invented cursor", { cursor: "next" }, "cursor"],
  ];
  test.each(refusals)("%s", async (_what, query, field) => {
    const answer = await api().get("/ads").query(query);

    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].field).toBe(field);
  });

  test("the cursor of another context", async () => {
    const { next } = await list({ context: "toys", limit: 1 });

    const answer = await api()
      .get("/ads")
      .query({ context: "audio", cursor: next ?? "" });

    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].field).toBe("cursor");
  });
});

test("the service describes itself", async () => {
  const { body } = await api().get("/openapi.json");

  expect(Object.keys(body.paths)).toEqual(["/ads", "/ads/{id}", "/ads/{id}/clicks"]);
});
