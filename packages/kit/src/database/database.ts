import { Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import { Pool, types } from "pg";
import type { Logger } from "pino";
import { annotate } from "../telemetry/attributes.ts";
import { lendingPool } from "./lent-connection.ts";
import { serverAttributes } from "./query-span.ts";

export type Database<Schema> = Kysely<Schema>;
/** Either the database or a transaction in it: what a repository's verbs take. */
export type Executor<Schema> = Kysely<Schema> | Transaction<Schema>;

export interface OpenDatabase {
  kysely: Kysely<unknown>;
  /** The same connections, for libraries that bring their own SQL. */
  pool: Pool;
  /** Rejects when the database cannot be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

interface DatabaseOptions {
  url: string;
  applicationName: string;
  logger: Logger;
  /** Milliseconds that every use of a connection is slowed by, on purpose. */
  slowQueryMs: () => number;
}

const mostConnections = 10;
const statementMs = 10_000;

// Amounts and counts are int8; the driver would give strings. Beyond 2^53 a number would lie, so that is an error.
types.setTypeParser(types.builtins.INT8, (text) => {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${text} is too large for a number`);
  return number;
});

/** A pool of connections with deadlines, and Kysely on top of it. Does not connect yet. */
export function openDatabase({ url, applicationName, logger, slowQueryMs }: DatabaseOptions): OpenDatabase {
  const pool = new Pool({
    connectionString: url,
    application_name: applicationName,
    max: mostConnections,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: statementMs,
    // Longer than the server's own limit, so that it only ends the wait for a server that is not there any more.
    query_timeout: statementMs + 2_000,
    idle_in_transaction_session_timeout: 15_000,
  });
  // Without listeners a connection that breaks while nobody waits on it would end the process: an idle one (the pool's
  // event), or one that is lent and between two statements of a transaction. Each is replaced by itself.
  pool.on("error", (error) => logger.warn({ err: error }, "an idle database connection broke"));
  pool.on("connect", (client) => {
    client.on("error", (error) => logger.debug({ err: error }, "a database connection broke"));
  });

  const kysely = new Kysely<unknown>({
    dialect: new PostgresDialect({
      pool: lendingPool(pool, serverAttributes(url)),
      async onReserveConnection(connection) {
        const ms = slowQueryMs();
        if (ms <= 0) return;
        annotate({ "mall.fault": "slow-query" });
        await connection.executeQuery(sql`select pg_sleep(${ms / 1000})`.compile(kysely));
      },
    }),
  });

  return {
    kysely,
    pool,
    async ping() {
      await sql`select 1`.execute(kysely);
    },
    close: () => kysely.destroy(),
  };
}

/** Waits for a database that is still starting; rejects with the last error after `timeoutMs`. */
export async function waitForDatabase(
  database: Pick<OpenDatabase, "ping">,
  timeoutMs: number,
): Promise<void> {
  const giveUpAt = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await database.ping();
    } catch (error) {
      if (performance.now() >= giveUpAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
