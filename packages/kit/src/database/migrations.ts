import type { Kysely } from "kysely";
import { Migrator } from "kysely/migration";

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
  /** Never present: carries the type. */
  readonly schema?: Schema;
}

export const defineMigrations = <Schema>(steps: Readonly<Record<string, Migration>>): Migrations<Schema> => ({
  steps,
});

/** Brings the database up to date, under a lock: of several instances that start together, one migrates. */
export async function migrate(database: Kysely<unknown>, { steps }: Migrations<unknown>): Promise<string[]> {
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => ({ ...steps }) } });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error) {
    const failed = results.find(({ status }) => status === "Error")?.migrationName;
    throw new Error(`The database could not be migrated${failed ? ` (${failed})` : ""}`, { cause: error });
  }
  return results.map(({ migrationName }) => migrationName);
}
