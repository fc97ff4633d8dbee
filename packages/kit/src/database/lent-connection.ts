import { isNativeError } from "node:util/types";
import type { Attributes } from "@opentelemetry/api";
import type { PostgresPoolClient } from "kysely";
import type { Pool, PoolClient } from "pg";
import { inQuerySpan } from "./query-span.ts";
import { statementOf } from "./statement.ts";

/**
 * The pool as Kysely takes it, except that
 * - each statement is prepared once for each connection, so that the server need not parse and plan it again, and is
 *   run in a span of its own;
 * - a connection that cannot be used any more is closed when it comes back: one on which a query was not answered in
 *   time (`query_timeout`), and one that holds plans for tables which have changed since. The driver would lend them
 *   again: after a network partition every connection would stay stuck until TCP gives up, a quarter of an hour later.
 */
export const lendingPool = (pool: Pool, server: Attributes) => ({
  options: {},
  connect: async (): Promise<PostgresPoolClient> => lend(await pool.connect(), server),
  end: () => pool.end(),
});

function lend(client: PoolClient, server: Attributes): PostgresPoolClient {
  let silent: Error | undefined;
  let outdated = false;
  let inTransaction = false;

  async function query(sql: string, values: unknown[]) {
    // Asking again, to roll back for instance, would only wait behind the question that is not answered.
    if (silent) throw silent;
    const statement = statementOf(sql);
    if (statement.opensTransaction) inTransaction = true;
    if (statement.endsTransaction) inTransaction = false;
    const name = outdated ? undefined : statement.preparedAs;
    try {
      return await inQuerySpan(sql, statement, server, () =>
        name === undefined ? client.query(sql, values) : client.query({ name, text: sql, values }),
      );
    } catch (error) {
      if (!isNativeError(error)) throw error;
      if (error.message === "Query read timeout") silent = error;
      if (!isOutdatedPlan(error)) throw error;
      outdated = true;
      // The statement has not begun. In a transaction, which is lost, the caller has to begin anew.
      if (inTransaction) throw error;
      return client.query(sql, values);
    }
  }
  return {
    // The form with a cursor, Kysely uses only when it was given one.
    query: query as unknown as PostgresPoolClient["query"],
    release: (destroy = false) => client.release(destroy || outdated || silent !== undefined),
  };
}

/** A migration of a newer version has changed a table, and a kept plan would answer other columns than before. */
export const isOutdatedPlan = (error: Error): boolean =>
  "code" in error && error.code === "0A000" && error.message.includes("cached plan");
