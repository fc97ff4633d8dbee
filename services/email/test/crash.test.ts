import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, jest, test } from "@jest/globals";
import {
  createTestDatabase,
  eventually,
  keep,
  type ServiceProcess,
  startProcess,
  stopAll,
  type TestDatabase,
} from "@mall/kit/testing";
import request from "supertest";
import { migrations } from "../src/migrations/migrations.ts";
import { startMailServer } from "./mail-server.ts";
import { anEvent } from "./order-events.ts";

// Whole processes are started here.
jest.setTimeout(30_000);

const main = join(import.meta.dirname, "../src/main.ts");
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase("email", migrations);
});
afterEach(stopAll);
afterAll(() => database.drop());

const start = (smtpUrl: string): Promise<ServiceProcess> =>
  keep(startProcess(main, { DATABASE_URL: database.url, SMTP_URL: smtpUrl, LOG_LEVEL: "trace" }));

test("killed after the server took a mail and before that is written down, it sends the same mail again", async () => {
  let first: ServiceProcess | undefined;
  let killed: Promise<void> | undefined;
  const server = await keep(
    startMailServer({
      beforeAccepting() {
        killed ??= first?.kill();
      },
    }),
  );
  first = await start(server.url);
  const event = anEvent();
  await request(first.url).post("/emails").send(event).expect(202);
  await eventually(() => expect(server.received).toHaveLength(1));
  await killed;

  const [crashed] = await database.query<{ state: string }>("select state from emails");
  const second = await start(server.url);
  // The dead process's claim runs out after a minute.
  await database.query("update emails set next_attempt_at = now()");
  await eventually(async () =>
    expect(await database.query("select state from emails")).toEqual([{ state: "sent" }]),
  );
  const redelivered = await request(second.url).post("/emails").send(event);

  expect(crashed).toEqual({ state: "queued" });
  expect(server.received.map((mail) => mail.header("message-id"))).toEqual([
    `<${event.id}@mall.example>`,
    `<${event.id}@mall.example>`,
  ]);
  expect(redelivered.body.duplicate).toBe(true);
  expect(await database.query("select 1 from emails")).toHaveLength(1);
});

test("no log line and no metric knows who the buyer is, whatever goes wrong", async () => {
  const server = await keep(
    startMailServer({
      // Real servers quote the address that they refuse.
      refuse: (address) =>
        address.startsWith("refused") ? { code: 550, message: `<${address}> is unknown here` } : undefined,
    }),
  );
  const service = await start(server.url);
  const post = (event: object) => request(service.url).post("/emails").send(event);
  const [fine, refused] = [
    anEvent({ name: "Zyxwvut Secretname", email: "secret@private.example" }),
    anEvent({ name: "Zyxwvut Secretname", email: "refused@private.example" }),
  ];
  await post(fine).expect(202);
  await post(refused).expect(202);
  await post(anEvent({ name: "Zyxwvut Secretname", email: "private.example" })).expect(422);
  await post(anEvent({ name: "Zyxwvut Secretname", email: "secret@private.example", total: null })).expect(
    422,
  );
  await eventually(async () =>
    expect(
      await database.query("select state from emails where event_id = any($1) order by state", [
        [fine.id, refused.id],
      ]),
    ).toEqual([{ state: "failed" }, { state: "sent" }]),
  );
  await server.stop();
  const unsent = anEvent({ name: "Zyxwvut Secretname", email: "secret@private.example" });
  await post(unsent).expect(202);
  await eventually(() => expect(service.output()).toContain(unsent.id));

  const { text: metrics } = await request(service.url).get("/metrics");
  await service.stop();
  const logs = service.output();

  expect(logs).toContain(refused.id);
  expect(logs).toContain('"code":"550"');
  expect(logs).toContain('"route":"/emails"');
  expect(metrics).toContain('http_route="/emails"');
  for (const exported of [logs, metrics]) expect(exported).not.toMatch(/private\.example|secret|zyxwvut/i);
});
