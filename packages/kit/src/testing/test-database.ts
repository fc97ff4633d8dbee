import { createHash, randomUUID } from "node:crypto";
import { Client } from "pg";
import { createLogger } from "../telemetry/logger.ts";
import { migrateDatabase } from "../database/migrate-database.ts";
import type { Migrations } from "../database/migrations.ts";

export interface TestDatabase {
  url: string;
  /** Runs SQL beside the service, to look at what it has stored. */
  query<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

/**
 * A database of its own for one test file: cloned from a template that has been migrated once, which takes
 * milliseconds. Needs `TEST_POSTGRES_URL`, which the test run sets.
 */
export async function createTestDatabase(
  service: string,
  migrations: Migrations<unknown>,
): Promise<TestDatabase> {
  const admin = new Client({ connectionString: adminUrl().href });
  await admin.connect();
  const template = await ensureTemplate(admin, service, migrations);
  const name = `test_${service}_${randomUUID().slice(0, 8)}`;
  await admin.query(`create database ${name} template ${template}`);
  const url = urlOf(name);
  const reader = new Client({ connectionString: url });
  await reader.connect();
  return {
    url,
    async query<Row>(sql: string, values: readonly unknown[] = []) {
      return (await reader.query(sql, [...values])).rows as Row[];
    },
    async drop() {
      await reader.end();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

function adminUrl(): URL {
  const url = process.env["TEST_POSTGRES_URL"];
  if (!url)
    throw new Error("TEST_POSTGRES_URL is not set: run the tests through jest's configuration at the root.");
  return new URL(url);
}

function urlOf(database: string): string {
  const url = adminUrl();
  url.pathname = `/${database}`;
  return url.href;
}

async function ensureTemplate(
  admin: Client,
  service: string,
  migrations: Migrations<unknown>,
): Promise<string> {
  const steps = Object.entries(migrations.steps).map(([name, { up }]) => name + up.toString());
  const version = createHash("sha256").update(steps.join("\n")).digest("hex").slice(0, 8);
  const template = `template_${service}_${version}`;
  // Test files run in parallel processes; the first one migrates, the others wait for it here.
  await admin.query("select pg_advisory_lock(hashtext($1))", [template]);
  try {
    const { rowCount } = await admin.query("select 1 from pg_database where datname = $1", [template]);
    if (!rowCount) await migrateTemplate(admin, template, migrations);
  } finally {
    await admin.query("select pg_advisory_unlock(hashtext($1))", [template]);
  }
  return template;
}

async function migrateTemplate(
  admin: Client,
  template: string,
  migrations: Migrations<unknown>,
): Promise<void> {
  const draft = `${template}_draft`;
  await admin.query(`drop database if exists ${draft} with (force)`);
  await admin.query(`create database ${draft}`);
  await migrateDatabase(
    {
      url: urlOf(draft),
      applicationName: "template",
      logger: createLogger("test", "silent"),
      startMs: 0,
      statementMs: 0,
      lockWaitMs: 0,
    },
    migrations,
  );
  await admin.query(`alter database ${draft} rename to ${template}`);
}
