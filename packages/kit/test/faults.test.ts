import { mkdir, mkdtemp, rename, rm, symlink, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { sql } from "kysely";
import request from "supertest";
import { faultFile } from "../src/faults/fault-flags.ts";
import { route } from "../src/http/route.ts";
import { eventually, type ServiceUnderTest } from "../src/testing/index.ts";
import { givenService, givenStoringService } from "./support/given-service.ts";

const targets = [
  { name: "storing", database: true, consumesEvents: true },
  { name: "shop", database: false, consumesEvents: false },
];
let folder: string;
let file: string;
let storing: ServiceUnderTest;
let shop: ServiceUnderTest;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kit-faults-"));
  file = join(folder, "flags.json");
  await writeFile(file, flags({}));
  storing = await givenStoringService(
    ({ database, faults }) => ({
      routes: [
        route({
          method: "get",
          path: "/read",
          summary: "Asks the database",
          answers: { 200: null },
          async handle() {
            await sql`select 1`.execute(database);
            return { status: 200 };
          },
        }),
        route({
          method: "post",
          path: "/events",
          summary: "Takes an event",
          answers: { 204: null },
          handle() {
            faults.refuseEvent();
            return { status: 204 };
          },
        }),
      ],
    }),
    { FAULTS_FILE: file },
  );
  shop = await givenService(
    () => ({
      routes: [
        route({
          method: "get",
          path: "/",
          summary: "Nothing",
          answers: { 204: null },
          handle: () => ({ status: 204 }),
        }),
      ],
    }),
    { FAULTS_FILE: file },
  );
});
afterAll(async () => {
  await storing.stop();
  await shop.stop();
  await rm(folder, { recursive: true });
});

/** The flag file with these variants switched on: `{ "shop.latency": "slow" }`. */
function flags(on: Record<string, string>): string {
  const content = faultFile(targets) as unknown as { flags: Record<string, { defaultVariant: string }> };
  for (const [flag, variant] of Object.entries(on)) {
    const switched = content.flags[flag];
    if (!switched) throw new Error(`there is no flag ${flag}`);
    switched.defaultVariant = variant;
  }
  return JSON.stringify(content);
}
const switchOn = (on: Record<string, string>) => writeFile(file, flags(on));
const statusOf = async (service: ServiceUnderTest, path: string) =>
  (await request(service.url).get(path)).status;
async function timeOf(service: ServiceUnderTest, path: string): Promise<number> {
  const start = performance.now();
  await request(service.url)
    .get(path)
    .expect((answer) => expect(answer.status).toBeLessThan(300));
  return performance.now() - start;
}
const takesEvent = async () => (await request(storing.url).post("/events")).status;

test("a flag file offers each service the faults it can suffer from, all off", () => {
  const { flags: offered } = faultFile(targets);

  expect(Object.keys(offered)).toEqual([
    "storing.latency",
    "storing.error-ratio",
    "storing.crash",
    "storing.slow-query",
    "storing.drop-event",
    "shop.latency",
    "shop.error-ratio",
    "shop.crash",
  ]);
  for (const flag of Object.values(offered))
    expect(flag).toMatchObject({
      state: "ENABLED",
      defaultVariant: "off",
      metadata: { description: expect.any(String), lookAt: expect.any(String) },
    });
});

describe("a fault is switched on and off while the service runs:", () => {
  test("latency, for one service and not its neighbour in the same file", async () => {
    await switchOn({ "shop.latency": "slow" });

    await eventually(async () => expect(await timeOf(shop, "/")).toBeGreaterThanOrEqual(300));
    expect(await takesEvent()).toBe(204);

    await switchOn({});
    await eventually(async () => expect(await timeOf(shop, "/")).toBeLessThan(250));
  });

  test("half of the answers are 500, and probes are spared", async () => {
    await switchOn({ "shop.error-ratio": "half" });
    await eventually(async () => expect(await statusOf(shop, "/")).toBe(500));

    const statuses = await Promise.all(Array.from({ length: 100 }, () => statusOf(shop, "/")));

    const failures = statuses.filter((status) => status === 500).length;
    expect(failures).toBeGreaterThan(20);
    expect(failures).toBeLessThan(80);
    expect(await statusOf(shop, "/healthz")).toBe(200);
    expect(await statusOf(shop, "/readyz")).toBe(200);
  });

  test("slow queries and refused events, in the one service that has both", async () => {
    await switchOn({ "storing.slow-query": "slow", "storing.drop-event": "on" });

    await eventually(async () => expect(await takesEvent()).toBe(503));
    expect(await timeOf(storing, "/read")).toBeGreaterThanOrEqual(250);
    expect(await statusOf(shop, "/")).toBe(204);
  });
});

describe("a flag file that", () => {
  // It is read every half second.
  const afterPoll = () => new Promise((resolve) => setTimeout(resolve, 700));

  test("is broken or missing leaves the last flags, and is read again when it is back", async () => {
    await switchOn({ "storing.drop-event": "on" });
    await eventually(async () => expect(await takesEvent()).toBe(503));

    await writeFile(file, '{"flags": {');
    await afterPoll();
    expect(await takesEvent()).toBe(503);
    await unlink(file);
    await afterPoll();
    expect(await takesEvent()).toBe(503);

    await switchOn({});
    await eventually(async () => expect(await takesEvent()).toBe(204));
  });

  test("is a mounted ConfigMap is followed when Kubernetes swaps its symbolic link", async () => {
    const mount = join(folder, "mount");
    const version = async (name: string, on: Record<string, string>) => {
      await mkdir(join(mount, name), { recursive: true });
      await writeFile(join(mount, name, "flags.json"), flags(on));
      await symlink(name, join(mount, "..data_tmp"));
      await rename(join(mount, "..data_tmp"), join(mount, "..data"));
    };
    await version("..1", {});
    await symlink(join("..data", "flags.json"), join(mount, "flags.json"));
    const mounted = await givenService(
      () => ({
        routes: [
          route({
            method: "get",
            path: "/",
            summary: "Nothing",
            answers: { 204: null },
            handle: () => ({ status: 204 }),
          }),
        ],
      }),
      { FAULTS_FILE: join(mount, "flags.json") },
    );
    expect(await statusOf(mounted, "/")).toBe(204);

    await version("..2", { "shop.error-ratio": "all" });

    await eventually(async () => expect(await statusOf(mounted, "/")).toBe(500));
    await mounted.stop();
  });

  test("does not exist when the service starts breaks nothing, and works once it is there", async () => {
    const later = join(folder, "later.json");
    const early = await givenStoringService(
      ({ faults }) => ({
        routes: [
          route({
            method: "get",
            path: "/",
            summary: "Takes an event",
            answers: { 204: null },
            handle() {
              faults.refuseEvent();
              return { status: 204 };
            },
          }),
        ],
      }),
      { FAULTS_FILE: later },
    );
    expect(await statusOf(early, "/")).toBe(204);

    await writeFile(later, flags({ "storing.drop-event": "on" }));

    await eventually(async () => expect(await statusOf(early, "/")).toBe(503));
    await early.stop();
  });

  test("is shared is still followed by the others when one service of the process stops", async () => {
    const other = await givenService(() => ({ routes: [] }), { FAULTS_FILE: file });
    await other.stop();
    expect(await takesEvent()).toBe(204);

    await switchOn({ "storing.drop-event": "on" });

    await eventually(async () => expect(await takesEvent()).toBe(503));
  });
});
