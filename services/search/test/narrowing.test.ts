import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { eventually } from "@mall/kit/testing";
import { type SearchUnderTest, startSearch } from "./search-under-test.ts";

interface Hit {
  slug: string;
  category: string;
  name: { ko: string; en: string; es: string };
  price: { amount: number; currency: string };
  discountPercent: number;
  stock: number;
}
interface Facets {
  reduced: number;
  inStock: number;
  categories: { slug: string; count: number }[];
  prices: { min: number; max: number | null; count: number }[];
}
type Filters = Record<string, string | number>;

let mall: SearchUnderTest;
let everything: Hit[];

beforeAll(async () => {
  mall = await startSearch();
  everything = (await search({ limit: 100 })).items;
});
afterAll(() => mall.stop());

const search = async (
  query: Filters,
): Promise<{ items: Hit[]; total: number; facets: Facets; next: string }> =>
  (await mall.get("/search", query)).body;
const slugs = (hits: readonly Hit[]) => hits.map(({ slug }) => slug);
/** In cents, as checkout would charge it. Exact in the numbers of the catalogue, halves to the even cent. */
function discounted({ price, discountPercent }: Hit): number {
  const hundredfold = price.amount * (100 - discountPercent);
  const cents = Math.floor(hundredfold / 100);
  const rest = hundredfold % 100;
  return rest > 50 || (rest === 50 && cents % 2 === 1) ? cents + 1 : cents;
}

describe("without words", () => {
  test("search lists the whole catalogue in its own order", async () => {
    const rows = await mall.products.database.query<{ slug: string }>(
      "select slug from products order by position",
    );

    expect(slugs(everything)).toEqual(rows.map(({ slug }) => slug));
    expect((await search({ q: "   " })).total).toBe(rows.length);
  });
});

describe("filters", () => {
  test("by category, by price with both bounds included, and by both", async () => {
    const expected = everything.filter(
      (hit) => hit.category === "kitchen" && discounted(hit) >= 2360 && discounted(hit) <= 4165,
    );

    const found = await search({ category: "kitchen", minPrice: 2360, maxPrice: 4165 });

    expect(expected.map(discounted)).toEqual(expect.arrayContaining([2360, 4165]));
    expect(slugs(found.items)).toEqual(slugs(expected));
    expect(found.total).toBe(expected.length);
    expect((await search({ category: "no-such-thing" })).total).toBe(0);
  });

  test("leave only what is reduced, or what is in stock", async () => {
    const [first] = everything;
    await mall.products.database.query("update products set available = 0 where slug = $1", [
      first?.slug ?? "",
    ]);

    const reduced = await search({ reduced: "true", limit: 100 });
    expect(slugs(reduced.items)).toEqual(
      slugs(everything.filter(({ discountPercent }) => discountPercent > 0)),
    );
    await eventually(async () => {
      const inStock = await search({ inStock: "true", limit: 100 });
      expect(slugs(inStock.items)).toEqual(slugs(everything.slice(1)));
    });
    expect((await mall.get("/search", { reduced: "perhaps" })).status).toBe(400);
  });

  test("go by the discounted price", async () => {
    // 49.00 USD less 15 % is 41.65 USD.
    const dearer = await search({ q: "cast-iron skillet", minPrice: 4166 });

    expect(slugs(dearer.items)).not.toContain("cast-iron-skillet");
  });
});

describe("facets", () => {
  test.each<Filters>([
    {},
    { q: "가방" },
    { q: "wood", category: "toys" },
    { q: "camping", minPrice: 5000 },
    { reduced: "true", category: "audio" },
  ])("of %j say how many each choice would leave", async (query) => {
    const { facets } = await search(query);

    expect(facets.categories.length).toBeGreaterThan(0);
    for (const { slug, count } of facets.categories) {
      expect((await search({ ...query, category: slug })).total).toBe(count);
    }
    expect(facets.prices).toHaveLength(5);
    for (const { min, max, count } of facets.prices) {
      const range = { minPrice: min, ...(max !== null && { maxPrice: max }) };
      expect((await search({ ...query, ...range })).total).toBe(count);
    }
    expect((await search({ ...query, reduced: "true" })).total).toBe(facets.reduced);
    expect((await search({ ...query, inStock: "true" })).total).toBe(facets.inStock);
  });

  test("ignore the choice of their own kind, and heed the other", async () => {
    const all = await search({});
    const inKitchen = await search({ category: "kitchen" });
    const cheap = await search({ maxPrice: 2499 });

    expect(inKitchen.facets.categories).toEqual(all.facets.categories);
    expect(inKitchen.facets.prices).not.toEqual(all.facets.prices);
    expect(cheap.facets.prices).toEqual(all.facets.prices);
    expect(cheap.facets.categories).not.toEqual(all.facets.categories);
  });
});

describe("sorting", () => {
  test("by price goes by what is paid, up or down", async () => {
    const up = (await search({ sort: "price", limit: 100 })).items.map(discounted);
    const down = (await search({ sort: "-price", limit: 100 })).items.map(discounted);

    expect(up).toEqual(everything.map(discounted).toSorted((a, b) => a - b));
    expect(down).toEqual(up.toReversed());
  });

  test.each(["ko", "en", "es"] as const)("by name goes by the alphabet of %s", async (locale) => {
    const { items } = await search({ sort: "name", locale, limit: 100 });

    const names = items.map(({ name }) => name[locale]);
    expect(names).toEqual(names.toSorted(new Intl.Collator(locale, { numeric: true }).compare));
    expect(names).toHaveLength(everything.length);
  });
});

describe("paging", () => {
  test.each<Filters>([
    {},
    { q: "선물", locale: "ko" },
    { sort: "price" },
    { sort: "-price" },
    { sort: "name", locale: "ko" },
  ])("of %j shows everything once, in one order", async (query) => {
    const whole = await search({ ...query, limit: 100 });

    const paged = await everyPage({ ...query, limit: 5 });

    expect(paged.length).toBeGreaterThan(5);
    expect(paged).toEqual(slugs(whole.items));
  });

  test("neither repeats nor skips anything when a product is withdrawn and others change in between", async () => {
    const query = { sort: "name", limit: 10 };
    const first = await search(query);
    const [withdrawn = ""] = slugs(first.items);
    await mall.products.database.query("delete from products where slug = $1", [withdrawn]);
    await mall.products.database.query("update products set available = 7, discount_percent = 50");
    await eventually(async () => expect((await search({})).items[0]?.discountPercent).toBe(50));

    const second = await search({ ...query, cursor: first.next });

    const whole = slugs((await search({ ...query, limit: 100 })).items);
    expect(whole).not.toContain(withdrawn);
    expect([...slugs(first.items), ...slugs(second.items)]).toEqual([withdrawn, ...whole.slice(0, 19)]);
  });

  async function everyPage(query: Filters): Promise<string[]> {
    const found: string[] = [];
    let { items, next } = await search(query);
    found.push(...slugs(items));
    while (next) {
      ({ items, next } = await search({ ...query, cursor: next }));
      found.push(...slugs(items));
    }
    return found;
  }
});

describe("search refuses", () => {
  const refusals: [string, Filters, string][] = [
    ["an unknown order", { sort: "colour" }, "sort"],
    ["an unknown language", { locale: "fr" }, "locale"],
    ["more than a hundred letters", { q: "x".repeat(101) }, "q"],
    ["a negative price", { minPrice: -1 }, "minPrice"],
    ["a fractional price", { maxPrice: 9.99 }, "maxPrice"],
    ["a price in words", { minPrice: "cheap" }, "minPrice"],
    ["an empty price", { maxPrice: "" }, "maxPrice"],
    ["a lowest price above the highest", { minPrice: 5000, maxPrice: 1000 }, "minPrice"],
    ["an empty page", { limit: 0 }, "limit"],
    ["a page of thousands", { limit: 5000 }, "limit"],
    ["an invented cursor", { cursor: "page-2" }, "cursor"],
    ["a cursor of another shape", { cursor: Buffer.from('{"of":1}').toString("base64url") }, "cursor"],
  ];
  test.each(refusals)("%s", async (_what, query, field) => {
    const answer = await mall.get("/search", query);

    expect(answer.status).toBe(400);
    expect(answer.type).toBe("application/problem+json");
    expect(answer.body.errors[0].field).toBe(field);
  });

  test.each<Filters>([
    { q: "wood", limit: 1 },
    { sort: "name", limit: 1 },
    { category: "toys", limit: 1 },
    { maxPrice: 99999, limit: 1 },
    { locale: "es", limit: 1 },
  ])("the cursor of another query than %j", async (query) => {
    const { next } = await search({ limit: 1 });

    const answer = await mall.get("/search", { ...query, cursor: next });

    expect(answer.status).toBe(400);
    expect(answer.body.errors[0]).toEqual({ field: "cursor", message: "belongs to another query" });
  });

  test("the same parameter twice", async () => {
    const answer = await mall.get("/search?q=tent&q=lamp");

    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].field).toBe("q");
  });
});
