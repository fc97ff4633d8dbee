import { isNativeError } from "node:util/types";
import type { PostgresPoolClient } from "kysely";
import type { Pool, PoolClient } from "pg";

/**
 * The pool as Kysely takes it, except that a connection on which a query was not answered in time (`query_timeout`)
 * is closed when it comes back. The driver would lend it again, though what it asked is still unanswered: after a
 * network partition every connection would stay stuck until TCP gives up, a quarter of an hour later.
 */
export const withoutSilentConnections = (pool: Pool) => ({
  options: {},
  connect: async (): Promise<PostgresPoolClient> => lend(await pool.connect()),
  end: () => pool.end(),
});

function lend(client: PoolClient): PostgresPoolClient {
  let silent: Error | undefined;
  const query = async (sql: string, parameters: unknown[]) => {
    // Asking again, to roll back for instance, would only wait behind the question that is not answered.
    if (silent) throw silent;
    try {
      return await client.query(sql, parameters);
    } catch (error) {
      if (isNativeError(error) && error.message === "Query read timeout") silent = error;
      throw error;
    }
  };
  return {
    // The form with a cursor, Kysely uses only when it was given one.
    query: query as unknown as PostgresPoolClient["query"],
    release: (destroy = false) => client.release(destroy || silent !== undefined),
  };
}
