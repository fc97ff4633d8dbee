import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { faultFile } from "@mall/kit";
import { eventually, type ServiceUnderTest, startForTest } from "@mall/kit/testing";
import request from "supertest";
import { email } from "../src/app.ts";
import { aCancellation, anEvent } from "./order-events.ts";

let mails: ServiceUnderTest;

beforeAll(async () => {
  mails = await startForTest(email);
});
afterAll(() => mails.stop());

const api = () => request(mails.url);
const deliver = (event: object) => api().post("/emails").send(event);
const mailsOf = async (orderId: string) =>
  (await api().get(`/emails?orderId=${orderId}`).expect(200)).body.items;
const mailCount = async (): Promise<number> =>
  (await mails.database.query<{ count: number }>("select count(*)::int as count from emails"))[0]?.count ??
  -1;

describe("an event", () => {
  test("becomes a mail in the log, which needs no mail server", async () => {
    const event = anEvent();

    const answer = await deliver(event);

    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({ id: event.id, duplicate: false });
    expect(await mailsOf(event.data.orderId)).toEqual([
      {
        id: event.id,
        eventId: event.id,
        orderId: event.data.orderId,
        template: "order-confirmed",
        locale: "en",
        to: "ada@shopper.example",
        subject: `Your order ${event.data.orderId.slice(0, 8)} is confirmed`,
        text: expect.stringContaining("Hello Ada Lovelace,"),
        state: "logged",
        createdAt: expect.any(String),
      },
    ]);
  });

  test("delivered five times, one after the other and at once, makes one mail", async () => {
    const [slow, fast] = [anEvent(), anEvent()];

    const inTurn = [];
    for (let times = 0; times < 5; times++) inTurn.push((await deliver(slow)).body.duplicate);
    const atOnce = await Promise.all(Array.from({ length: 5 }, () => deliver(fast)));

    expect(inTurn).toEqual([false, true, true, true, true]);
    expect(atOnce.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    expect(atOnce.filter(({ body }) => !body.duplicate)).toHaveLength(1);
    expect(await mailsOf(slow.data.orderId)).toHaveLength(1);
    expect(await mailsOf(fast.data.orderId)).toHaveLength(1);
  });

  test("from a newer sender, with fields unknown here, is taken", async () => {
    const event = anEvent({ giftWrap: true }, { partitionkey: "7" });

    expect((await deliver(event)).status).toBe(202);
  });

  test("whose trace context is rubbish is taken all the same", async () => {
    const event = anEvent({}, { traceparent: "00-\u0000-bad" });

    expect((await deliver(event)).status).toBe(202);
  });

  test("refused while the fault drop-event is on is taken when it comes again later", async () => {
    const folder = await mkdtemp(join(tmpdir(), "mall-faults-"));
    const file = join(folder, "flags.json");
    const flags = faultFile([{ name: "email", database: true, consumesEvents: true }]);
    const switchDropEvent = (defaultVariant: "on" | "off") => {
      flags.flags["email.drop-event"].defaultVariant = defaultVariant;
      return writeFile(file, JSON.stringify(flags));
    };
    await switchDropEvent("on");
    const faulty = await startForTest(email, { FAULTS_FILE: file });
    const event = anEvent();
    const post = () => request(faulty.url).post("/emails").send(event);

    const refused = await post();
    const kept = (await request(faulty.url).get("/emails")).body.items;
    await switchDropEvent("off");
    const taken = await eventually(async () => {
      const answer = await post();
      expect(answer.status).toBe(202);
      return answer;
    });

    expect(refused.status).toBe(503);
    expect(refused.headers["retry-after"]).toBeDefined();
    expect(kept).toEqual([]);
    expect(taken.body).toEqual({ id: event.id, duplicate: false });
    await faulty.stop();
    await rm(folder, { recursive: true });
  });
});

test("the log is read in pages, newest first", async () => {
  const orderId = randomUUID();
  const events = [anEvent({ orderId }), anEvent({ orderId }), aCancellation({ orderId })];
  for (const event of events) await deliver(event).expect(202);

  const first = (await api().get(`/emails?orderId=${orderId}&limit=2`)).body;
  const second = (await api().get(`/emails?orderId=${orderId}&limit=2&cursor=${first.next}`)).body;

  const ids = [...first.items, ...second.items].map(({ id }: { id: string }) => id);
  expect(ids).toEqual(events.map(({ id }) => id).toReversed());
  expect(second.next).toBeNull();
  expect((await api().get("/emails?cursor=rubbish")).body.errors[0].field).toBe("cursor");
  expect((await api().get("/emails?orderId=1")).body.errors[0].field).toBe("orderId");
});

describe("an event is refused, and nothing is kept, when it has", () => {
  const krw = { amount: 1, currency: "KRW" };
  const refusals: [string, object, string][] = [
    ["an unknown type", anEvent({}, { type: "order.shipped" }), "type"],
    ["an id that is no UUID", anEvent({}, { id: "1" }), "id"],
    ["another version of CloudEvents", anEvent({}, { specversion: "0.3" }), "specversion"],
    ["no data", { ...anEvent(), data: undefined }, "data"],
    ["no order", anEvent({ orderId: undefined }), "data.orderId"],
    ["no name", anEvent({ name: undefined }), "data.name"],
    ["a name of which nothing can be seen", anEvent({ name: "\r\n\u202E" }), "data.name"],
    ["a language that nobody has translated to", anEvent({ locale: "fr" }), "data.locale"],
    ["an address that is none", anEvent({ email: "ada" }), "data.email"],
    ["a header in the address", anEvent({ email: "ada@x.example\r\nBcc: eve@x.example" }), "data.email"],
    ["two addresses in one", anEvent({ email: "ada@x.example,eve@x.example" }), "data.email"],
    ["a negative total", anEvent({ total: { amount: -1, currency: "USD" } }), "data.total.amount"],
    ["a fractional total", anEvent({ total: { amount: 0.5, currency: "USD" } }), "data.total.amount"],
    [
      "a total beyond exact numbers",
      anEvent({ total: { amount: 1e300, currency: "USD" } }),
      "data.total.amount",
    ],
    ["an unknown currency", anEvent({ currency: "XXX" }), "data.currency"],
    ["a total in another currency", anEvent({ total: krw }), "data.total.currency"],
    ["no lines", anEvent({ lines: [] }), "data.lines"],
    [
      "a line with half a product",
      anEvent({
        lines: [{ productId: randomUUID(), name: "Lamp", quantity: 0.5, total: krw }],
        currency: "KRW",
      }),
      "data.lines.0.quantity",
    ],
  ];
  test.each(refusals)("%s", async (_what, event, field) => {
    const before = await mailCount();

    const answer = await deliver(event);

    expect(answer.status).toBe(422);
    expect(answer.type).toBe("application/problem+json");
    expect(answer.body.errors.map((error: { field: string }) => error.field)).toContain(field);
    expect(await mailCount()).toBe(before);
  });

  const unreadable: [string, string, string, number, string][] = [
    ["malformed JSON", '{"specversion": "1.0",', "application/json", 400, "body"],
    ["a content type that is not JSON", "specversion=1.0", "text/plain", 415, "content-type"],
    ["10 MB", JSON.stringify(anEvent({ name: "x".repeat(10_000_000) })), "application/json", 413, "body"],
  ];
  test.each(unreadable)("%s", async (_what, body, type, status, field) => {
    const before = await mailCount();

    const answer = await api().post("/emails").set("content-type", type).send(body);

    expect(answer.status).toBe(status);
    expect(answer.type).toBe("application/problem+json");
    expect(answer.body.errors[0].field).toBe(field);
    expect(await mailCount()).toBe(before);
  });
});

test("the service describes its endpoints, and none changes anything by GET", async () => {
  const { body } = await api().get("/openapi.json").expect(200);

  expect(Object.keys(body.paths["/emails"])).toEqual(["post", "get"]);
});
