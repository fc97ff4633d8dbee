import { type Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import type { Pool } from "pg";

export interface Migration {
  up(database: Kysely<unknown>): Promise<void>;
}

/**
 * A service's migrations by name, in the order of their names (`2026-11-01-carts`). Forward only: what has landed is
 * never edited, and each must be safe while the previous version of the service still runs.
 * The type parameter is the schema that they lead to.
 */
export interface Migrations<Schema> {
  readonly steps: Readonly<Record<string, Migration>>;
  /** Brings the tables up to date that a library has for itself. Repeating it does no harm. */
  readonly library?: (pool: Pool) => Promise<void>;
  /** Never present: carries the type. */
  readonly schema?: Schema;
}

export const defineMigrations = <Schema>(
  steps: Migrations<Schema>["steps"],
  others: Pick<Migrations<Schema>, "library"> = {},
): Migrations<Schema> => ({ steps, ...others });

/**
 * Brings the database up to date, under a lock: of several instances that start together, one migrates. A database
 * that a newer version has taken further is left as it is: while a canary runs, and after it was rolled back, the
 * old version must still start.
 */
export async function migrate(database: Kysely<unknown>, { steps }: Migrations<unknown>): Promise<string[]> {
  const migrator = new Migrator({
    db: database,
    // Asked under the lock, so what others have applied is committed. Migrations that it does not know it refuses.
    provider: { getMigrations: async () => ({ ...(await applied(database)), ...steps }) },
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error) {
    const failed = results.find(({ status }) => status === "Error")?.migrationName;
    const reason = error instanceof Error ? error.message : "for a reason unknown";
    throw new Error(`The database could not be migrated${failed ? ` (${failed})` : ""}: ${reason}`, {
      cause: error,
    });
  }
  return results.map(({ migrationName }) => migrationName);
}

async function applied(database: Kysely<unknown>): Promise<Record<string, Migration>> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(database);
  return Object.fromEntries(rows.map(({ name }) => [name, done]));
}

const done: Migration = { up: async () => undefined };
