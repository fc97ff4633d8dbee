import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { eventually, type ServiceUnderTest, startForTest } from "@mall/kit/testing";
import { product } from "@mall/product";
import request from "supertest";
import { search } from "../src/app.ts";
import { type SearchUnderTest, startSearch } from "./search-under-test.ts";

let mall: SearchUnderTest;

beforeAll(async () => {
  mall = await startSearch();
});
afterAll(() => mall.stop());

describe("the index", () => {
  test("holds every product as the catalogue has it", async () => {
    const { body: moka } = await request(mall.products.url).get("/products/moka-pot");

    const { body: indexed } = await mall.get(`/search/${moka.id}`);

    const { weightGrams: _weight, related: _related, ...known } = moka;
    expect(indexed).toMatchObject(known);
    expect(indexed.categoryName).toEqual({ ko: "주방", en: "Kitchen", es: "Cocina" });
  });

  test("follows a change of words, price and stock", async () => {
    await mall.rewrite("moka-pot", "name", "Stovetop zeppelin");
    await mall.products.database.query(
      "update products set price_amount = 12345, discount_percent = 10, available = 3 where slug = 'moka-pot'",
    );

    await eventually(async () => {
      const { body } = await mall.get("/search", { q: "zeppelin", minPrice: 11110, maxPrice: 11110 });
      expect(body.items).toMatchObject([
        { slug: "moka-pot", stock: 3, price: { amount: 12345, currency: "USD" }, discountPercent: 10 },
      ]);
    });
    expect((await mall.get("/search/suggest", { q: "zepp" })).body.items).toEqual([
      { text: "Stovetop zeppelin", slug: "moka-pot", image: "/images/moka-pot.svg" },
    ]);
  });

  test("has room for a catalogue of several pages, and forgets what is withdrawn", async () => {
    const { query } = mall.products.database;
    await query(
      `insert into products select gen_random_uuid(), 'copy-' || n, 1000 + n, category, name, description, keywords,
         related, price_amount, price_currency, discount_percent, weight_grams, image, shelf, available
       from products, generate_series(1, 250) n where slug = 'chess-set'`,
    );
    const totalOf = async (q: string) => (await mall.get("/search", { q })).body.total;

    await eventually(async () => expect(await totalOf("chess")).toBe(251));
    await query("delete from products where slug like 'copy-%'");
    await eventually(async () => expect(await totalOf("chess")).toBe(1));
  });

  test.each([
    [randomUUID(), 404],
    ["moka-pot", 400],
  ])("knows no product %s", async (id, status) => {
    const answer = await mall.get(`/search/${id}`);

    expect(answer.status).toBe(status);
    expect(answer.type).toBe("application/problem+json");
    expect(answer.body.errors[0].field).toBe("id");
  });

  test.each(["post", "put", "delete"] as const)("is not changed by %s", async (method) => {
    const answer = await request(mall.url)[method]("/search").send({});

    expect(answer.status).toBe(405);
    expect(answer.headers["allow"]).toBe("GET");
  });

  test("describes itself", async () => {
    const { body } = await mall.get("/openapi.json");

    expect(Object.keys(body.paths)).toEqual(["/search", "/search/suggest", "/search/{id}"]);
    const parameters = body.paths["/search"].get.parameters as { name: string; schema: { type: string } }[];
    expect(parameters.find(({ name }) => name === "minPrice")?.schema.type).toBe("integer");
  });
});

// Longer than other tests: services are stopped and started again, and the client's circuit takes its time to close.
describe("while product is down", () => {
  const running = new Set<ServiceUnderTest>();
  afterEach(async () => {
    for (const service of running) await stop(service);
  });

  async function start(
    ...[service, environment]: Parameters<typeof startForTest>
  ): Promise<ServiceUnderTest> {
    const started = await startForTest(service, environment);
    running.add(started);
    return started;
  }
  async function stop(service: ServiceUnderTest): Promise<void> {
    running.delete(service);
    await service.stop();
  }
  const portOf = ({ url }: ServiceUnderTest) => new URL(url).port;
  const readiness = async ({ url }: ServiceUnderTest) => (await request(url).get("/readyz")).status;
  const findTent = ({ url }: ServiceUnderTest) => request(url).get("/search?q=tent");

  test("search starts, says that it is not ready, and becomes ready once product is there", async () => {
    const early = await start(product);
    await stop(early);
    const service = await start(search, { PRODUCT_URL: early.url, REFRESH_MS: "100" });

    const ready = await readiness(service);
    const found = await findTent(service);
    await start(product, { PORT: portOf(early) });

    expect([ready, found.status]).toEqual([503, 503]);
    expect(found.headers["retry-after"]).toBe("1");
    await eventually(async () => expect(await readiness(service)).toBe(200), 15_000);
    expect((await findTent(service)).body.items[0].slug).toBe("two-person-tent");
  }, 30_000);

  test("the last index goes on answering, and is refreshed when product is back", async () => {
    const products = await start(product);
    const service = await start(search, { PRODUCT_URL: products.url, REFRESH_MS: "100" });
    await eventually(async () => expect(await readiness(service)).toBe(200));
    await stop(products);
    await sleep(500); // several rounds fail

    const during = await findTent(service);

    expect(during.body.items[0].slug).toBe("two-person-tent");
    expect(await readiness(service)).toBe(200);
    const back = await start(product, { PORT: portOf(products) });
    await back.database.query("update products set available = 41 where slug = 'two-person-tent'");
    await eventually(async () => expect((await findTent(service)).body.items[0].stock).toBe(41), 15_000);
  }, 30_000);
});
