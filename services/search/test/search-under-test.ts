import { expect } from "@jest/globals";
import { eventually, type ServiceUnderTest, startForTest } from "@mall/kit/testing";
import { product } from "@mall/product";
import request from "supertest";
import { search } from "../src/app.ts";

export interface SearchUnderTest {
  products: ServiceUnderTest;
  url: string;
  get(path: string, query?: Record<string, string | number>): Promise<request.Response>;
  /** Slugs of what is found, best first. */
  find(q: string, more?: Record<string, string | number>): Promise<string[]>;
  /** Changes an English text of a product, in product's own database. */
  rewrite(slug: string, column: "name" | "keywords" | "description", text: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** search with a product service of its own, once it has read the catalogue. Refreshes quickly. */
export async function startSearch(): Promise<SearchUnderTest> {
  const products = await startForTest(product);
  const service = await startForTest(search, { PRODUCT_URL: products.url, REFRESH_MS: "100" });
  await eventually(async () => expect((await request(service.url).get("/readyz")).status).toBe(200));

  const get: SearchUnderTest["get"] = (path, query = {}) => request(service.url).get(path).query(query);
  return {
    products,
    url: service.url,
    get,
    async find(q, more = {}) {
      const { body } = await get("/search", { q, ...more });
      return body.items.map(({ slug }: { slug: string }) => slug);
    },
    rewrite: (slug, column, text) =>
      products.database.query(
        `update products set ${column} = jsonb_set(${column}, '{en}', to_jsonb($2::text)) where slug = $1`,
        [slug, text],
      ),
    async stop() {
      await service.stop();
      await products.stop();
    },
  };
}
