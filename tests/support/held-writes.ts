import { randomInt } from "node:crypto";
import { expect } from "@jest/globals";
import { eventually } from "@mall/kit/testing";
import { Client } from "pg";
import type { WholeMall } from "./whole-mall.ts";

export interface HeldWrite {
  /** Resolves when a write has come and waits. */
  reached(): Promise<void>;
  /** Fails the writes that wait, as if their connections had broken, and lets later ones through. */
  lift(): Promise<void>;
}

export interface HeldWriteOptions {
  service: string;
  table: string;
  on: "insert" | "update" | "delete";
  /** SQL over `new`, `old`, or both, as there are. */
  when: string;
}

/**
 * Makes writes wait in a service's database, each inside its own transaction: a window of the test's choosing, in
 * which nothing of the write can be seen yet and the process that sent it can be killed.
 */
export async function holdWrites(
  mall: WholeMall,
  { service, table, on, when }: HeldWriteOptions,
): Promise<HeldWrite> {
  const key = randomInt(2 ** 31 - 1);
  const name = `held_write_${key}`;
  // Holds the lock that the trigger asks for, for as long as this session lasts.
  const holder = new Client({ connectionString: mall.service(service).databaseUrl });
  holder.on("error", () => {}); // The server may be killed as well; then nothing waits any more.
  await holder.connect();
  await holder.query(`select pg_advisory_lock(${key})`);
  await holder.query(`
    create function ${name}() returns trigger language plpgsql as $$
    begin
      perform pg_advisory_xact_lock_shared(${key});
      return coalesce(new, old);
    end $$;
    create trigger ${name} before ${on} on ${table} for each row when (${when}) execute function ${name}();`);

  async function waiting(): Promise<number[]> {
    const { rows } = await holder.query<{ pid: number }>(
      `select pid from pg_locks where locktype = 'advisory' and objid = ${key} and not granted
         and database = (select oid from pg_database where datname = current_database())`,
    );
    return rows.map(({ pid }) => pid);
  }

  return {
    async reached() {
      await eventually(async () => expect(await waiting()).not.toEqual([]));
    },
    async lift() {
      for (const pid of await waiting()) await holder.query("select pg_terminate_backend($1)", [pid]);
      await holder.end();
    },
  };
}
