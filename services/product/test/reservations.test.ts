import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { eventually, type ServiceUnderTest, startForTest } from "@mall/kit/testing";
import request from "supertest";
import { product } from "../src/app.ts";

let mall: ServiceUnderTest;

beforeAll(async () => {
  mall = await startForTest(product);
});
afterAll(() => mall.stop());

const givenStock = async (available: number): Promise<string> => {
  const [row] = await mall.database.query<{ id: string }>(
    "select id from products order by random() limit 1",
  );
  const id = row?.id ?? "";
  await mall.database.query("update products set available = $2 where id = $1", [id, available]);
  return id;
};
const stockOf = async (id: string): Promise<number> =>
  (await request(mall.url).get(`/products/${id}`)).body.stock;
const hold = (orderId: string, productId: string, quantity = 1) =>
  request(mall.url)
    .put(`/reservations/${orderId}`)
    .send({ lines: [{ productId, quantity }] });

test("a shelf that has run low is filled again, and what was put on it is written down", async () => {
  const restocking = await startForTest(product, { RESTOCK_SECONDS: "1" });
  const [full, low, none] = await restocking.database.query<{ id: string; shelf: number }>(
    "select id, shelf from products where shelf >= 8 order by position limit 3",
  );
  await restocking.database.query("update products set available = shelf / 2 where id = $1", [full?.id]);
  await restocking.database.query("update products set available = 1 where id = $1", [low?.id]);
  await restocking.database.query("update products set available = 0, shelf = 0 where id = $1", [none?.id]);

  const restocks = await eventually(async () => {
    const rows = await restocking.database.query("select product_id, quantity from restocks");
    expect(rows).not.toEqual([]);
    return rows;
  });

  expect(restocks).toEqual([{ product_id: low?.id, quantity: (low?.shelf ?? 0) - 1 }]);
  const stocked = await request(restocking.url).get(`/products/${low?.id}`);
  expect(stocked.body.stock).toBe(low?.shelf);
  await restocking.stop();
});

describe("stock", () => {
  test("of the last unit and 50 buyers, one wins and 49 are told that it is sold out", async () => {
    const id = await givenStock(1);

    const answers = await Promise.all(Array.from({ length: 50 }, () => hold(randomUUID(), id)));

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const refusals = answers.filter(({ status }) => status === 409);
    expect(refusals).toHaveLength(49);
    expect(new Set(refusals.map(({ body }) => body.type))).toEqual(new Set(["urn:mall:problem:sold-out"]));
    expect(refusals[0]?.body.products).toEqual([id]);
    expect(await stockOf(id)).toBe(0);
  });

  test("an order that asks twice takes stock once, and asking for something else is refused", async () => {
    const id = await givenStock(5);
    const orderId = randomUUID();

    const [first, second] = [await hold(orderId, id, 2), await hold(orderId, id, 2)];

    expect(second.body).toEqual(first.body);
    expect(await stockOf(id)).toBe(3);
    expect((await hold(orderId, id, 3)).body.type).toBe("urn:mall:problem:reservation-differs");
  });

  test("when one line of an order is sold out, none of its lines keeps stock", async () => {
    const rows = await mall.database.query<{ id: string }>(
      "select id from products order by position limit 2",
    );
    const [plenty = "", none = ""] = rows.map(({ id }) => id);
    await mall.database.query(
      "update products set available = case when id = $1 then 9 else 0 end where id in ($1, $2)",
      [plenty, none],
    );

    const answer = await request(mall.url)
      .put(`/reservations/${randomUUID()}`)
      .send({
        lines: [
          { productId: plenty, quantity: 1 },
          { productId: none, quantity: 1 },
        ],
      });

    expect(answer.status).toBe(409);
    expect(await stockOf(plenty)).toBe(9);
  });

  test("a committed reservation is sold: it does not expire, and committing again changes nothing", async () => {
    const id = await givenStock(4);
    const orderId = randomUUID();
    await hold(orderId, id);

    const committed = await request(mall.url).post(`/reservations/${orderId}/commit`);
    const again = await request(mall.url).post(`/reservations/${orderId}/commit`);

    expect(committed.body.state).toBe("committed");
    expect(again.body).toEqual(committed.body);
    expect(await stockOf(id)).toBe(3);
  });

  test("releasing gives the stock back once, however often it is asked", async () => {
    const id = await givenStock(4);
    const orderId = randomUUID();
    await hold(orderId, id, 3);

    await request(mall.url).delete(`/reservations/${orderId}`).expect(204);
    await request(mall.url).delete(`/reservations/${orderId}`).expect(204);

    expect(await stockOf(id)).toBe(4);
  });

  test("a reservation that arrives after its order's cancellation takes nothing", async () => {
    const id = await givenStock(4);
    const orderId = randomUUID();
    await request(mall.url).delete(`/reservations/${orderId}`).expect(204);

    const late = await hold(orderId, id);

    expect(late.status).toBe(409);
    expect(late.body.type).toBe("urn:mall:problem:reservation-closed");
    expect(await stockOf(id)).toBe(4);
  });

  test("nobody comes back: the stock returns by itself, and a late commit takes it again if it is there", async () => {
    const id = await givenStock(4);
    const orderId = randomUUID();
    await hold(orderId, id, 4);
    await mall.database.query(
      "update reservations set expires_at = now() - interval '1 second' where order_id = $1",
      [orderId],
    );

    await eventually(async () => expect(await stockOf(id)).toBe(4));
    const late = await request(mall.url).post(`/reservations/${orderId}/commit`);

    expect(late.body.state).toBe("committed");
    expect(await stockOf(id)).toBe(0);
  });
});
