import { afterAll, beforeEach, describe, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { Client } from "pg";
import { migrateDatabase } from "../src/database/migrate-database.ts";
import { defineMigrations, type Migration, type Migrations } from "../src/database/migrations.ts";
import { startService } from "../src/service/start-service.ts";
import { createLogger } from "../src/telemetry/logger.ts";
import { createTestDatabase, type TestDatabase } from "../src/testing/index.ts";
import { serviceOf } from "./support/given-service.ts";

const empty = defineMigrations({});
const databases: TestDatabase[] = [];
let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase("kit", empty);
  databases.push(database);
});
afterAll(async () => {
  await Promise.all(databases.map((each) => each.drop()));
});

const migrate = (
  migrations: Migrations<unknown>,
  limits: { statementMs?: number; lockWaitMs?: number } = {},
) =>
  migrateDatabase(
    {
      url: database.url,
      applicationName: "kit",
      logger: createLogger("kit", "silent"),
      startMs: 0,
      statementMs: 0,
      lockWaitMs: 30_000,
      ...limits,
    },
    migrations,
  );

const step = (...statements: string[]): Migration => ({
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
});
const tables = async (): Promise<string[]> => {
  const rows = await database.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_name not like 'kysely%'",
  );
  return rows.map(({ name }) => name).toSorted();
};

const goods = {
  "2026-01-01-goods": step(
    "create table goods (id int)",
    "insert into goods values (1)",
    "select pg_sleep(0.1)",
  ),
  "2026-01-02-labels": step("create table labels (id int)"),
};

describe("migrations", () => {
  test("of instances that start together are applied once", async () => {
    const results = await Promise.all([1, 2, 3].map(() => migrate(defineMigrations(goods))));

    expect(results.filter(({ length }) => length > 0)).toEqual([Object.keys(goods)]);
    expect(await database.query("select id from goods")).toEqual([{ id: 1 }]);
    expect(await tables()).toEqual(["goods", "labels"]);
  });

  test("that fail name themselves and leave nothing, and can be repeated", async () => {
    const broken = { ...goods, "2026-01-03-broken": step("create table half (id int)", "select 1/0") };

    const failure = migrate(defineMigrations(broken));

    await expect(failure).rejects.toThrow("The database could not be migrated (2026-01-03-broken)");
    await expect(failure).rejects.toMatchObject({ cause: { message: "division by zero" } });
    expect(await tables()).toEqual([]);
    expect(await migrate(defineMigrations(goods))).toEqual(Object.keys(goods));
  });

  test("that only a newer version knows do not keep the older one from starting", async () => {
    const newer = { ...goods, "2026-01-03-prices": step("create table prices (id int)") };
    await migrate(defineMigrations(newer));

    expect(await migrate(defineMigrations(goods))).toEqual([]);

    expect(await migrate(defineMigrations(newer))).toEqual([]);
    expect(await tables()).toEqual(["goods", "labels", "prices"]);
  });

  test("that were put in before one that is applied already are refused", async () => {
    await migrate(defineMigrations({ "2026-01-02-labels": goods["2026-01-02-labels"] }));

    await expect(migrate(defineMigrations(goods))).rejects.toThrow("could not be migrated");
  });

  test("may take longer than any request, unless that is limited", async () => {
    // Asked of the server: a statement that takes more than a request's ten seconds would hold up the whole test run.
    const limits = "create table limits as select name, setting from pg_settings where name like '%_timeout'";
    const long = defineMigrations({ "2026-01-01-limits": step(limits, "select pg_sleep(0.3)") });

    await expect(migrate(long, { statementMs: 200 })).rejects.toMatchObject({ cause: { code: "57014" } });
    await migrate(long);

    const found = await database.query<{ name: string; setting: string }>("select * from limits");
    expect(Object.fromEntries(found.map(({ name, setting }) => [name, setting]))).toMatchObject({
      statement_timeout: "0",
      lock_timeout: "2000",
      idle_in_transaction_session_timeout: "0",
    });
  });

  test("stand back from a table that is in use, let others through, and come again", async () => {
    await migrate(defineMigrations(goods));
    const user = new Client({ connectionString: database.url });
    await user.connect();
    await user.query("begin; select * from goods");
    const priced = defineMigrations({
      ...goods,
      "2026-01-03-price": step("alter table goods add column price int"),
    });

    await expect(migrate(priced, { lockWaitMs: 0 })).rejects.toMatchObject({ cause: { code: "55P03" } });
    const migrating = migrate(priced);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(await database.query("select id from goods")).toEqual([{ id: 1 }]);
    await user.query("commit");

    expect(await migrating).toEqual(["2026-01-03-price"]);
    await user.end();
  });

  test("bring a library's own tables with them", async () => {
    const withLibrary = defineMigrations(goods, {
      library: async (pool) => void (await pool.query("create table if not exists shelf (id int)")),
    });

    await migrate(withLibrary);
    await migrate(withLibrary);

    expect(await tables()).toEqual(["goods", "labels", "shelf"]);
  });
});

test("a service that stores something says that it needs a database", async () => {
  const service = serviceOf(() => ({ routes: [] }), { migrations: empty });

  await expect(startService(service, { PORT: "0", LOG_LEVEL: "silent" })).rejects.toThrow("Set DATABASE_URL");
});

test("a service that stores nothing is told so when it asks for its database", async () => {
  const service = serviceOf(({ database: none }) => {
    none.selectNoFrom([]);
    return { routes: [] };
  });

  await expect(startService(service, { PORT: "0", LOG_LEVEL: "silent" })).rejects.toThrow(
    "shop has no migrations, so it has no database",
  );
});
