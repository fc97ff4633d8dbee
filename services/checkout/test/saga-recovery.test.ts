import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { eventually } from "@mall/kit/testing";
import request from "supertest";
import { shopper, startMall, type TestMall } from "./support/start-mall.ts";

let mall: TestMall;

beforeAll(async () => {
  mall = await startMall({ SAGA_LEASE_MS: "400", SAGA_ATTEMPTS: "3" });
  // A failure on order: the database refuses, so many times, to store that an order has reached a state.
  await mall.orders.database.query(`
    create table refusals (state text primary key, remaining integer not null);
    create function refuse() returns trigger language plpgsql as $$
    declare due boolean;
    begin
      -- Counted in a sequence, which a rollback does not take back.
      select nextval('refused_' || new.state) <= remaining into due from refusals where state = new.state;
      if due then raise exception 'refused to store %', new.state; end if;
      return new;
    end $$;
    create trigger refuse before update on orders for each row when (old.state is distinct from new.state)
      execute function refuse();`);
});
afterAll(() => mall.stop());

async function givenStoringFails(state: string, times: number): Promise<void> {
  await mall.orders.database.query(`create sequence refused_${state}`);
  await mall.orders.database.query("insert into refusals values ($1, $2)", [state, times]);
}
async function givenStoringWorks(state: string): Promise<void> {
  await mall.orders.database.query("delete from refusals where state = $1", [state]);
  await mall.orders.database.query(`drop sequence refused_${state}`);
}

async function ledger(productId: string, orderId: string) {
  const charge = await request(mall.cards.url).get(`/charges/${orderId}`);
  const shipment = await request(mall.parcels.url).get(`/shipments/${orderId}`);
  const [reservation] = await mall.products.database.query<{ state: string }>(
    "select state from reservations where order_id = $1",
    [orderId],
  );
  return {
    charge: charge.body.state ?? "none",
    shipment: shipment.body.state ?? "none",
    reservation: reservation?.state ?? "none",
    stock: await mall.stockOf(productId),
    mails: (await mall.mailsOf(orderId)).length,
  };
}

describe("when a step has happened but could not be remembered", () => {
  test.each(["reserved", "charged", "shipped", "confirmed"])(
    "as %s, the order is taken up again and ends confirmed, charged once, mailed once",
    async (state) => {
      const productId = await mall.givenProduct({ stock: 5 });
      await givenStoringFails(state, 1);

      const placed = await mall.placeOrder({ ...shopper, line: { productId, quantity: 1 } });

      expect(placed.status).toBe(201);
      expect(placed.body.state).not.toBe("confirmed");
      await eventually(async () => expect((await mall.orderOf(placed.body.id)).state).toBe("confirmed"));
      await eventually(async () =>
        expect(await ledger(productId, placed.body.id)).toEqual({
          charge: "captured",
          shipment: "booked",
          reservation: "committed",
          stock: 4,
          mails: 1,
        }),
      );
      await givenStoringWorks(state);
    },
  );

  test("as cancelled, the undoing is repeated until it is", async () => {
    const productId = await mall.givenProduct({ stock: 5 });
    await givenStoringFails("cancelled", 2);

    const refused = await mall.placeOrder({
      ...shopper,
      cardId: "visa-0002",
      line: { productId, quantity: 1 },
    });

    expect(refused.status).toBe(402);
    await eventually(async () => expect((await mall.orderOf(refused.body.orderId)).state).toBe("cancelled"));
    await eventually(async () =>
      expect(await ledger(productId, refused.body.orderId)).toMatchObject({
        reservation: "released",
        stock: 5,
        mails: 1,
      }),
    );
    await givenStoringWorks("cancelled");
  });
});

test("an order that cannot be shipped for good is undone: refunded, released, told by mail", async () => {
  const productId = await mall.givenProduct({ stock: 5 });
  await mall.parcels.database.query("alter table shipments rename to shipments_lost");

  const placed = await mall.placeOrder({ ...shopper, line: { productId, quantity: 2 } });
  expect(placed.status).toBe(201);
  expect(placed.body.state).toBe("charged");
  await eventually(
    async () => expect((await mall.orderOf(placed.body.id)).state).toBe("compensating"),
    20_000,
  );
  await mall.parcels.database.query("alter table shipments_lost rename to shipments");

  await eventually(async () => expect((await mall.orderOf(placed.body.id)).state).toBe("cancelled"), 20_000);
  await eventually(async () =>
    expect(await ledger(productId, placed.body.id)).toMatchObject({
      charge: "refunded",
      reservation: "released",
      stock: 5,
      mails: 1,
    }),
  );
}, 60_000);

test("a run that has lost its order to another one cannot change it any more", async () => {
  const productId = await mall.givenProduct({ stock: 5 });
  const { body: order } = await mall.placeOrder({ ...shopper, line: { productId, quantity: 1 } });
  await mall.orders.database.query(
    "update orders set state = 'charged', run_id = $2, due_at = now() where id = $1",
    [order.id, randomUUID()],
  );

  await eventually(async () => expect((await mall.orderOf(order.id)).state).toBe("confirmed"));

  // Two events were written, one by each confirmation; the mail's own rule is one per event.
  expect(await mall.stockOf(productId)).toBe(4);
  expect(await mall.chargesInState("captured")).toBeGreaterThan(0);
});
