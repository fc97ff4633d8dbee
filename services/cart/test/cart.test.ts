import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type ServiceUnderTest, startForTest } from "@mall/kit/testing";
import { product } from "@mall/product";
import request from "supertest";
import { cart } from "../src/app.ts";

let products: ServiceUnderTest;
let carts: ServiceUnderTest;
let ids: string[];

beforeAll(async () => {
  products = await startForTest(product);
  carts = await startForTest(cart, { PRODUCT_URL: products.url });
  const { body } = await request(products.url).get("/products?limit=3");
  ids = body.items.map(({ id }: { id: string }) => id);
});
afterAll(async () => {
  await carts.stop();
  await products.stop();
});

const api = () => request(carts.url);
const givenSession = () => `session-${randomUUID()}`;
const productId = (index: number): string => ids[index] ?? "";

describe.each([
  ["cart", ""],
  ["wish list", "/saved"],
])("a session's %s", (_name, suffix) => {
  const listOf = (session: string) => `/carts/${session}${suffix}`;

  test("is empty before anything is added, and keeps what is added, in order", async () => {
    const session = givenSession();
    expect((await api().get(listOf(session))).body).toEqual({ id: session, items: [] });

    await api()
      .put(`${listOf(session)}/items/${productId(1)}`)
      .send({ quantity: 2 });
    const added = await api()
      .post(`${listOf(session)}/items`)
      .send({ items: [{ productId: productId(0), quantity: 1 }] });

    expect(added.body.items).toEqual([
      { productId: productId(1), quantity: 2 },
      { productId: productId(0), quantity: 1 },
    ]);
  });

  test("sets a quantity with PUT and adds to it with POST", async () => {
    const session = givenSession();
    const items = [{ productId: productId(0), quantity: 3 }];
    await api()
      .post(`${listOf(session)}/items`)
      .send({ items });
    await api()
      .post(`${listOf(session)}/items`)
      .send({ items });

    const added = await api().get(listOf(session));
    const set = await api()
      .put(`${listOf(session)}/items/${productId(0)}`)
      .send({ quantity: 4 });

    expect(added.body.items[0].quantity).toBe(6);
    expect(set.body.items[0].quantity).toBe(4);
  });

  test("loses no item when many are added at once", async () => {
    const session = givenSession();

    await Promise.all(
      Array.from({ length: 30 }, () =>
        api()
          .post(`${listOf(session)}/items`)
          .send({ items: [{ productId: productId(0), quantity: 1 }] })
          .expect(200),
      ),
    );

    expect((await api().get(listOf(session))).body.items).toEqual([
      { productId: productId(0), quantity: 30 },
    ]);
  });

  test("forgets a product, and then everything", async () => {
    const session = givenSession();
    const items = [0, 1, 2].map((index) => ({ productId: productId(index), quantity: 1 }));
    await api()
      .post(`${listOf(session)}/items`)
      .send({ items });

    await api()
      .delete(`${listOf(session)}/items/${productId(1)}`)
      .expect(204);
    expect((await api().get(listOf(session))).body.items).toHaveLength(2);

    await api().delete(listOf(session)).expect(204);
    expect((await api().get(listOf(session))).body.items).toEqual([]);
  });
});

test("carts of two sessions, and the two lists of one, are apart", async () => {
  const [mine, yours] = [givenSession(), givenSession()];
  await api()
    .put(`/carts/${mine}/items/${productId(0)}`)
    .send({ quantity: 1 });
  await api()
    .put(`/carts/${mine}/saved/items/${productId(1)}`)
    .send({ quantity: 1 });

  await api().delete(`/carts/${mine}/saved`);

  expect((await api().get(`/carts/${mine}`)).body.items).toHaveLength(1);
  expect((await api().get(`/carts/${yours}`)).body.items).toEqual([]);
});

describe("a cart refuses", () => {
  const refusals: [string, unknown, string][] = [
    ["a negative quantity", { quantity: -1 }, "quantity"],
    ["a fractional quantity", { quantity: 1.5 }, "quantity"],
    ["a huge quantity", { quantity: 1e9 }, "quantity"],
    ["a quantity in words", { quantity: "two" }, "quantity"],
    ["a field that it does not know", { quantity: 1, price: 1 }, "price"],
  ];
  test.each(refusals)("%s", async (_what, body, field) => {
    const session = givenSession();

    const answer = await api()
      .put(`/carts/${session}/items/${productId(0)}`)
      .send(body as object);

    expect(answer.status).toBe(422);
    expect(answer.type).toBe("application/problem+json");
    expect(answer.body.errors[0].field).toBe(field);
    expect((await api().get(`/carts/${session}`)).body.items).toEqual([]);
  });

  test("a product that is not in the catalogue, and keeps none of what came with it", async () => {
    const session = givenSession();
    const items = [
      { productId: productId(0), quantity: 1 },
      { productId: randomUUID(), quantity: 1 },
    ];

    const answer = await api().post(`/carts/${session}/items`).send({ items });

    expect(answer.status).toBe(422);
    expect(answer.body.errors[0].field).toBe("productId");
    expect((await api().get(`/carts/${session}`)).body.items).toEqual([]);
  });

  test("to grow beyond 99 of one product", async () => {
    const session = givenSession();
    await api()
      .put(`/carts/${session}/items/${productId(0)}`)
      .send({ quantity: 99 });

    const answer = await api()
      .post(`/carts/${session}/items`)
      .send({ items: [{ productId: productId(0), quantity: 1 }] });

    expect(answer.status).toBe(422);
    expect((await api().get(`/carts/${session}`)).body.items[0].quantity).toBe(99);
  });
});

test("with the catalogue down, adding says so instead of guessing, and reading still works", async () => {
  const alone = await startForTest(cart, { PRODUCT_URL: "http://127.0.0.1:9" });
  const session = givenSession();

  const added = await request(alone.url)
    .put(`/carts/${session}/items/${productId(0)}`)
    .send({ quantity: 1 });
  const read = await request(alone.url).get(`/carts/${session}`);

  expect(added.status).toBe(503);
  expect(added.headers["retry-after"]).toBeDefined();
  expect(read.status).toBe(200);
  await alone.stop();
});

test("a session id that no database can hold is the caller's mistake", async () => {
  const answer = await api().get("/carts/a%00b");

  expect(answer.status).toBe(400);
  expect(answer.type).toBe("application/problem+json");
});
