import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { type Kysely, PostgresDialect, Kysely as KyselyClient, sql } from "kysely";
import { Pool } from "pg";
import request from "supertest";
import { z } from "zod";
import { defineMigrations } from "../src/database/migrations.ts";
import { lendingPool } from "../src/database/lent-connection.ts";
import { asProblem } from "../src/http/problem.ts";
import { ok, route } from "../src/http/route.ts";
import { type RunningService, startService } from "../src/service/start-service.ts";
import { createTestDatabase, eventually, type TestDatabase } from "../src/testing/index.ts";
import { serviceOf } from "./support/given-service.ts";
import { givenProxy, type TcpProxy } from "./support/tcp-proxy.ts";

const empty = defineMigrations({});
let database: TestDatabase;
let proxy: TcpProxy;
let shop: RunningService;
let betweenStatements: () => void = () => undefined;

const counted = z.object({ count: z.int() });

const read = (path: string, work: (database: Kysely<unknown>) => Promise<number>, kysely: Kysely<unknown>) =>
  route({
    method: "get",
    path,
    summary: "Reads a number",
    answers: { 200: counted },
    handle: async () => ok({ count: await work(kysely) }),
  });

async function select(executor: Kysely<unknown>, expression: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select ${sql.raw(expression)} as n`.execute(executor);
  return rows[0]?.n ?? 0;
}

beforeAll(async () => {
  database = await createTestDatabase("kit", empty);
  proxy = await givenProxy(new URL(database.url));
  const service = serviceOf(
    ({ database: kysely }) => ({
      routes: [
        read("/count", (db) => select(db, "42"), kysely),
        read("/largest", (db) => select(db, "9007199254740991::int8"), kysely),
        read("/too-large", (db) => select(db, "9007199254740992::int8"), kysely),
        read(
          "/transaction",
          (db) =>
            db.transaction().execute(async (trx) => {
              await select(trx, "1");
              betweenStatements();
              await pause(50);
              return select(trx, "2");
            }),
          kysely,
        ),
        read(
          "/slow",
          (db) =>
            db.transaction().execute(async (trx) => {
              await sql`set local statement_timeout = 30`.execute(trx);
              return select(trx, "1 from pg_sleep(5)");
            }),
          kysely,
        ),
        read("/wrong", (db) => select(db, "1/0"), kysely),
      ],
    }),
    { migrations: empty },
  );
  shop = await startService(service, {
    PORT: "0",
    LOG_LEVEL: "silent",
    DATABASE_URL: proxy.urlOf(database.url),
  });
});
afterEach(() => {
  betweenStatements = () => undefined;
});
afterAll(async () => {
  await shop.stop();
  await proxy.takeDown();
  await database.drop();
});

const ask = (path: string) => request(shop.url).get(path);

describe("int8", () => {
  test("is a number, up to the largest that a number can hold", async () => {
    expect((await ask("/largest")).body).toEqual({ count: Number.MAX_SAFE_INTEGER });
  });

  test("beyond that is an error, and not another number", async () => {
    await ask("/too-large").expect(500);
    await ask("/count").expect(200); // the connection is still good
  });
});

describe("a database that goes away", () => {
  test("makes the service answer 503 and not ready, and everything heals when it returns", async () => {
    await ask("/count").expect(200);

    await proxy.takeDown();
    const [answer, readiness, health] = [await ask("/count"), await ask("/readyz"), await ask("/healthz")];
    await proxy.bringBack();

    expect([answer.status, readiness.status, health.status]).toEqual([503, 503, 200]);
    expect(answer.body.type).toBe("urn:mall:problem:unavailable");
    await eventually(async () => {
      expect((await ask("/count")).body).toEqual({ count: 42 });
      await ask("/readyz").expect(200);
    });
  });

  test("in the middle of a transaction fails that request with 503 and nothing else", async () => {
    betweenStatements = () => proxy.cutConnections();

    await ask("/transaction").expect(503);

    betweenStatements = () => undefined;
    expect((await ask("/transaction")).body).toEqual({ count: 2 });
  });
});

test("a statement that takes too long is 503, a wrong one is 500", async () => {
  await ask("/slow").expect(503);
  await ask("/wrong").expect(500);
});

test("a connection on which an answer never comes is closed, and not lent again", async () => {
  const pool = new Pool({ connectionString: proxy.urlOf(database.url), max: 1, query_timeout: 150 });
  pool.on("connect", (client) => client.on("error", () => undefined));
  const kysely = new KyselyClient<unknown>({
    dialect: new PostgresDialect({ pool: lendingPool(pool, {}) }),
  });
  expect(await select(kysely, "1")).toBe(1);

  proxy.freeze();
  const start = performance.now();
  const waits = kysely.transaction().execute((trx) => select(trx, "2"));
  await expect(waits).rejects.toThrow("Query read timeout");
  proxy.thaw();

  expect(performance.now() - start).toBeLessThan(1_500);
  expect(await select(kysely, "3")).toBe(3);
  await kysely.destroy();
});

describe("a table that a newer version has changed while this one runs", () => {
  const given = async () => {
    const pool = new Pool({ connectionString: database.url, max: 1 });
    const kysely = new KyselyClient<unknown>({
      dialect: new PostgresDialect({ pool: lendingPool(pool, {}) }),
    });
    await sql`create table shelves (id int)`.execute(kysely);
    const readAll = (executor: typeof kysely) => sql`select * from shelves where id > ${0}`.execute(executor);
    await readAll(kysely); // now the connection keeps a plan
    await sql`alter table shelves add column name text`.execute(kysely);
    return { kysely, readAll };
  };
  afterEach(async () => {
    await using(database.url, (kysely) => sql`drop table shelves`.execute(kysely));
  });

  test("is read all the same", async () => {
    const { kysely, readAll } = await given();
    expect((await readAll(kysely)).rows).toEqual([]);
    await kysely.destroy();
  });

  test("fails a transaction that is under way as an outage, and not the next one", async () => {
    const { kysely, readAll } = await given();
    const begun = kysely.transaction().execute(readAll);
    await expect(begun).rejects.toThrow("cached plan");
    expect(asProblem(await begun.catch((error: unknown) => error)).status).toBe(503);

    expect((await kysely.transaction().execute(readAll)).rows).toEqual([]);
    await kysely.destroy();
  });
});

async function using(url: string, work: (kysely: KyselyClient<unknown>) => Promise<unknown>): Promise<void> {
  const kysely = new KyselyClient<unknown>({
    dialect: new PostgresDialect({ pool: new Pool({ connectionString: url, max: 1 }) }),
  });
  await work(kysely);
  await kysely.destroy();
}
