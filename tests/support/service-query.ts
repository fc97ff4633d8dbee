import type { Mall } from "@mall/launcher";
import { Client } from "pg";

export type ServiceQuery = <Row>(name: string, sql: string, values?: readonly unknown[]) => Promise<Row[]>;

/** Runs SQL in a service's database, by the service's own role, over a connection of its own each time. */
export const serviceQuery =
  ({ services }: Pick<Mall, "services">): ServiceQuery =>
  async <Row>(name: string, sql: string, values: readonly unknown[] = []) => {
    const client = new Client({ connectionString: services[name]?.databaseUrl });
    client.on("error", () => {}); // Broken between two statements: the next one says so.
    await client.connect();
    try {
      return (await client.query(sql, [...values])).rows as Row[];
    } finally {
      await client.end();
    }
  };
