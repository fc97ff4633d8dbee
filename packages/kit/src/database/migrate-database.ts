import { setTimeout as sleep } from "node:timers/promises";
import { Kysely, PostgresDialect, sql } from "kysely";
import { Pool } from "pg";
import type { Logger } from "pino";
import { waitForDatabase } from "./database.ts";
import { migrate, type Migrations } from "./migrations.ts";

interface MigrationOptions {
  url: string;
  applicationName: string;
  logger: Logger;
  /** How long a database that is still starting is waited for. Milliseconds. */
  startMs: number;
  /** How long one statement may take; 0 for as long as it needs. Milliseconds. */
  statementMs: number;
  /** How long tables that others are using are waited for. Milliseconds. */
  lockWaitMs: number;
}

// A statement that waits for a table makes everybody wait who comes after it: better to stand back, and to try again.
const lockMs = 2_000;
const pauseMs = 1_000;

/**
 * Brings a database up to date over connections of its own: the limits that keep a request short would keep a large
 * table from ever being changed. Resolves with the names of the applied steps; all or none of them are applied.
 */
export async function migrateDatabase(
  options: MigrationOptions,
  migrations: Migrations<unknown>,
): Promise<string[]> {
  const pool = new Pool({
    connectionString: options.url,
    application_name: `${options.applicationName}-migrations`,
    max: 2, // The steps in one, and in the other the question which of them are done.
    connectionTimeoutMillis: 3_000,
    keepAlive: true,
    options: `-c statement_timeout=${options.statementMs} -c lock_timeout=${lockMs}`,
  });
  // Without listeners a broken connection would end the process; whoever waits for it hears of it anyway.
  const onBroken = (error: Error) => options.logger.debug({ err: error }, "a database connection broke");
  pool.on("error", onBroken);
  pool.on("connect", (client) => client.on("error", onBroken));
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const ping = async () => void (await sql`select 1`.execute(kysely));
  try {
    await waitForDatabase({ ping }, options.startMs);
    return await whenUnlocked(options, async () => {
      const applied = await migrate(kysely, migrations);
      await migrations.library?.(pool);
      return applied;
    });
  } finally {
    await kysely.destroy();
  }
}

async function whenUnlocked<T>({ lockWaitMs, logger }: MigrationOptions, work: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + lockWaitMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isLocked(error) || performance.now() + pauseMs >= giveUpAt) throw error;
      logger.warn({ err: error }, "a table is in use; the migration stands back and is tried again");
      await sleep(pauseMs * (0.5 + Math.random()));
    }
  }
}

// SQLSTATEs for a lock that was not given in time, and for a deadlock.
const isLocked = (error: unknown): boolean =>
  error instanceof Error &&
  (("code" in error && (error.code === "55P03" || error.code === "40P01")) || isLocked(error.cause));
