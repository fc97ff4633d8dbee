import { afterAll, beforeEach, describe, expect, test } from "@jest/globals";
import { type Kysely, sql } from "kysely";
import { openDatabase, type OpenDatabase } from "../src/database/database.ts";
import { defineMigrations, migrate, type Migration } from "../src/database/migrations.ts";
import { startService } from "../src/service/start-service.ts";
import { createLogger } from "../src/telemetry/logger.ts";
import { createTestDatabase, type TestDatabase } from "../src/testing/index.ts";
import { serviceOf } from "./support/given-service.ts";

const empty = defineMigrations({});
const databases: TestDatabase[] = [];
const connections: OpenDatabase[] = [];
let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase("kit", empty);
  databases.push(database);
});
afterAll(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
  await Promise.all(databases.map((each) => each.drop()));
});

function instance(): Kysely<unknown> {
  const logger = createLogger("kit", "silent");
  const opened = openDatabase({ url: database.url, applicationName: "kit", logger, slowQueryMs: () => 0 });
  connections.push(opened);
  return opened.kysely;
}

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
    const results = await Promise.all([1, 2, 3].map(() => migrate(instance(), defineMigrations(goods))));

    expect(results.filter(({ length }) => length > 0)).toEqual([Object.keys(goods)]);
    expect(await database.query("select id from goods")).toEqual([{ id: 1 }]);
    expect(await tables()).toEqual(["goods", "labels"]);
  });

  test("that fail name themselves and leave nothing, and can be repeated", async () => {
    const broken = { ...goods, "2026-01-03-broken": step("create table half (id int)", "select 1/0") };

    const failure = migrate(instance(), defineMigrations(broken));

    await expect(failure).rejects.toThrow("The database could not be migrated (2026-01-03-broken)");
    await expect(failure).rejects.toMatchObject({ cause: { message: "division by zero" } });
    expect(await tables()).toEqual([]);
    expect(await migrate(instance(), defineMigrations(goods))).toEqual(Object.keys(goods));
  });

  test("that only a newer version knows do not keep the older one from starting", async () => {
    const newer = { ...goods, "2026-01-03-prices": step("create table prices (id int)") };
    await migrate(instance(), defineMigrations(newer));

    expect(await migrate(instance(), defineMigrations(goods))).toEqual([]);

    expect(await migrate(instance(), defineMigrations(newer))).toEqual([]);
    expect(await tables()).toEqual(["goods", "labels", "prices"]);
  });

  test("that were put in before one that is applied already are refused", async () => {
    await migrate(instance(), defineMigrations({ "2026-01-02-labels": goods["2026-01-02-labels"] }));

    await expect(migrate(instance(), defineMigrations(goods))).rejects.toThrow("could not be migrated");
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
