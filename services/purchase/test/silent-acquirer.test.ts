import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { eventually, type ServiceUnderTest, startForTest } from "@mall/kit/testing";
import request from "supertest";
import { purchase } from "../src/app.ts";
import { codeOf, createShopper, givenOrder } from "./shopper.ts";

let service: ServiceUnderTest;

beforeAll(async () => {
  service = await startForTest(purchase, { ACQUIRER_TIMEOUT_MS: "2000" });
});
afterAll(() => service.stop());

const { charge, find, impatientCharge, refund, takenFor } = createShopper(() => service);

describe("when the acquirer charges and stays silent", () => {
  test("the caller is told in its time that the outcome is open, and asking again does not charge twice", async () => {
    const order = givenOrder("jcb-0505");

    const silent = await impatientCharge(order);
    const open = await find(order);
    const again = await charge(order);

    expect(silent.status).toBe(504);
    expect(silent.body.detail).toMatch(/^The acquirer did not answer in time/);
    expect(open.body.state).toBe("pending");
    expect(again.body).toMatchObject({ ...order, state: "captured" });
    expect(await takenFor(order)).toBe(129_900);
  });

  test("and the service dies before it hears of the capture, the next one finds out", async () => {
    const order = givenOrder("jcb-0505");
    await impatientCharge(order);
    const successor = await startForTest(purchase, { DATABASE_URL: service.database.url });

    const answer = await request(successor.url).post("/charges").send(order);
    await successor.stop();

    expect(answer.body).toMatchObject({ ...order, state: "captured" });
    expect(await takenFor(order)).toBe(129_900);
  });

  test("and the order is given up, the money is given back", async () => {
    const order = givenOrder("jcb-0505");
    await impatientCharge(order);

    const refunded = await refund(order);

    expect(refunded.body.state).toBe("refunded");
    expect(await takenFor(order)).toBe(0);
    expect(codeOf(await charge(order))).toBe("charge-closed");
  });

  test("it holds no connection, no transaction and no lock meanwhile, however many wait", async () => {
    // More than the service has connections.
    const orders = Array.from({ length: 15 }, () => givenOrder("jcb-0505"));
    let answered = 0;
    const silent = orders.map(async (order) => {
      await charge(order);
      answered++;
    });
    await eventually(async () => expect(await takenFor(...orders)).toBe(15 * 129_900));

    const other = await charge(givenOrder("visa-4242"));
    const busy = await service.database.query(
      `select state from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`,
    );
    const answeredMeanwhile = answered;
    await Promise.all(silent);

    expect(other.status).toBe(201);
    expect(busy).toEqual([]);
    expect(answeredMeanwhile).toBe(0);
    expect(answered).toBe(15);
  });
});
