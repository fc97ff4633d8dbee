import { type AddressInfo, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, jest, test } from "@jest/globals";
import { eventually, keep, type ServiceUnderTest, startForTest, stopAll } from "@mall/kit/testing";
import request from "supertest";
import { email } from "../src/app.ts";
import { type MailServer, startMailServer } from "./mail-server.ts";
import { anEvent } from "./order-events.ts";

// Waiting for rounds of the sender takes longer than what tests usually take.
jest.setTimeout(30_000);

afterEach(stopAll);

const givenService = (server: Pick<MailServer, "url">, environment = {}): Promise<ServiceUnderTest> =>
  keep(startForTest(email, { SMTP_URL: server.url, ...environment }));
const deliver = (mails: ServiceUnderTest, event: object) =>
  request(mails.url).post("/emails").send(event).expect(202);
const statesOf = async (mails: ServiceUnderTest, orderId: string): Promise<string[]> =>
  (await request(mails.url).get(`/emails?orderId=${orderId}`)).body.items.map(
    ({ state }: { state: string }) => state,
  );
const attemptsAt = async (mails: ServiceUnderTest, eventId: string): Promise<number> =>
  (
    await mails.database.query<{ attempts: number }>("select attempts from emails where event_id = $1", [
      eventId,
    ])
  )[0]?.attempts ?? 0;
/** Lets the wait between two attempts be over. */
const whenTimeHasPassed = (mails: ServiceUnderTest) =>
  mails.database.query("update emails set next_attempt_at = now() where state = 'queued'");
/** A few rounds of the sender, in which it could do what it must not. */
const forAWhile = () => sleep(1_500);

test("a mail reaches the server once, whole, in the buyer's language", async () => {
  const server = await keep(startMailServer());
  const mails = await givenService(server, { MAIL_FROM: "shop@mall.test" });
  const event = anEvent({ locale: "ko", name: "김하늘" });

  await deliver(mails, event);
  await deliver(mails, event);

  await eventually(async () => expect(await statesOf(mails, event.data.orderId)).toEqual(["sent"]));
  const { body } = await request(mails.url).get(`/emails?orderId=${event.data.orderId}`);
  expect(server.received).toHaveLength(1);
  const [mail] = server.received;
  expect(mail?.recipients).toEqual(["ada@shopper.example"]);
  expect(mail?.subject).toBe(body.items[0].subject);
  expect(mail?.text.trimEnd()).toBe(body.items[0].text.trimEnd());
  expect(mail?.header("from")).toBe("shop@mall.test");
  expect(mail?.header("to")).toBe("ada@shopper.example");
  expect(mail?.header("message-id")).toBe(`<${event.id}@mall.test>`);
  expect(mail?.header("content-language")).toBe("ko");
  expect(mail?.header("auto-submitted")).toBe("auto-generated");
});

test("what a stranger has typed adds no header and no recipient", async () => {
  const server = await keep(startMailServer());
  const mails = await givenService(server);
  const [plain, hostile] = [anEvent(), anEvent({ name: "Ada\r\nBcc: eve@x.example\r\n\r\nbody" })];

  await deliver(mails, plain);
  await deliver(mails, hostile);

  await eventually(() => expect(server.received).toHaveLength(2));
  const names = server.received.map(({ headers }) => headers.map(([name]) => name));
  expect(names[1]).toEqual(names[0]);
  expect(server.received.flatMap(({ recipients }) => recipients)).toEqual([
    "ada@shopper.example",
    "ada@shopper.example",
  ]);
});

test("while the server is down a mail stays queued; when it is back the mail is sent, once", async () => {
  const { url, port, stop } = await startMailServer();
  await stop();
  const mails = await givenService({ url });
  const event = anEvent();
  await deliver(mails, event);

  await eventually(async () => expect(await attemptsAt(mails, event.id)).toBeGreaterThan(1));
  const whileDown = await statesOf(mails, event.data.orderId);
  const server = await keep(startMailServer({ port }));
  await eventually(async () => expect(await statesOf(mails, event.data.orderId)).toEqual(["sent"]));
  await forAWhile();

  expect(whileDown).toEqual(["queued"]);
  expect(server.received).toHaveLength(1);
});

test("two instances share a queue without sending anything twice", async () => {
  const server = await keep(startMailServer());
  const mails = await givenService(server);
  await givenService(server, { DATABASE_URL: mails.database.url });
  const events = Array.from({ length: 40 }, () => anEvent());

  await Promise.all(events.map((event) => deliver(mails, event)));

  await eventually(() => expect(server.received.length).toBeGreaterThanOrEqual(events.length));
  await forAWhile();
  const ids = server.received.map((mail) => mail.header("message-id"));
  expect(ids).toHaveLength(events.length);
  expect(new Set(ids)).toEqual(new Set(events.map(({ id }) => `<${id}@mall.example>`)));
});

test("an address that the server refuses for good is not tried again, and holds up nobody", async () => {
  const server = await keep(startMailServer({ refuse: refuseTheGone }));
  const mails = await givenService(server);
  const [gone, fine] = [anEvent({ email: "gone@shopper.example" }), anEvent()];

  await deliver(mails, gone);
  await deliver(mails, fine);

  await eventually(async () => {
    expect(await statesOf(mails, gone.data.orderId)).toEqual(["failed"]);
    expect(await statesOf(mails, fine.data.orderId)).toEqual(["sent"]);
  });
  await whenTimeHasPassed(mails);
  await forAWhile();
  expect(await attemptsAt(mails, gone.id)).toBe(1);
});

test("a server that says 'not now' is asked again", async () => {
  let refusals = 1;
  const refuse = () => (refusals-- > 0 ? { code: 451, message: "greylisted" } : undefined);
  const server = await keep(startMailServer({ refuse }));
  const mails = await givenService(server);
  const event = anEvent();

  await deliver(mails, event);

  await eventually(async () => expect(await statesOf(mails, event.data.orderId)).toEqual(["sent"]));
  expect(await attemptsAt(mails, event.id)).toBe(2);
});

test("after five days without a server a mail is given up", async () => {
  const { url, stop } = await startMailServer();
  await stop();
  const mails = await givenService({ url });
  const event = anEvent();
  await deliver(mails, event);

  await mails.database.query("update emails set created_at = now() - interval '5 days'");
  await whenTimeHasPassed(mails);

  await eventually(async () => expect(await statesOf(mails, event.data.orderId)).toEqual(["failed"]));
});

test("a server that takes the connection and then says nothing does not hold up the service's end", async () => {
  const silent = await keep(startSilentServer());
  const mails = await keep(startForTest(email, { SMTP_URL: silent.url }));
  await deliver(mails, anEvent());
  await eventually(() => expect(silent.connections()).toBeGreaterThan(0));

  const start = performance.now();
  await stopAll();

  expect(performance.now() - start).toBeLessThan(2_500);
});

const refuseTheGone = (address: string) =>
  address.startsWith("gone") ? { code: 550, message: "no such mailbox" } : undefined;

async function startSilentServer() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    connections: () => sockets.size,
    stop: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
