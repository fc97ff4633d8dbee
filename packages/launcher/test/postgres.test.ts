import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Postgres, provisionDatabase, startPostgres } from "../src/index.ts";
import { withClient } from "../src/postgres/client.ts";
import { isAlive } from "../src/processes.ts";

const testServer = process.env["TEST_POSTGRES_URL"] ?? "";

describe("the embedded server", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "mall-postgres-"));
  let server: Postgres;

  beforeAll(async () => {
    server = await startPostgres({ dataDir, port: "free" });
  });

  afterAll(async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });

  test("keeps what it has acknowledged through kill -9", async () => {
    await query(server.adminUrl, "CREATE TABLE orders (id int)");
    await query(server.adminUrl, "INSERT INTO orders VALUES (1), (2)");

    await server.kill();
    server = await startPostgres({ dataDir, port: "free" });

    expect(await query(server.adminUrl, "SELECT id FROM orders ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test("starts although its pid file names a process that is somebody else's", async () => {
    await server.kill();
    writeFileSync(
      join(dataDir, "data/postmaster.pid"),
      `${process.ppid}\n${dataDir}/data\n0\n5432\n\n127.0.0.1\n\nready\n`,
    );

    server = await startPostgres({ dataDir, port: "free" });

    expect(await query(server.adminUrl, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("ends a server that was left on its data", async () => {
    const left = server;

    server = await startPostgres({ dataDir, port: "free" });
    await left.ended;

    expect(server.pid).not.toBe(left.pid);
  });

  test("writes every commit to the disk, and sorts alike everywhere", async () => {
    const [settings] = await query(
      server.adminUrl,
      `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit,
              datlocprovider AS provider, pg_encoding_to_char(encoding) AS encoding
       FROM pg_database WHERE datname = current_database()`,
    );

    expect(settings).toEqual({ fsync: "on", commit: "on", provider: "b", encoding: "UTF8" });
  });

  test("lets nobody in without the password, which only the owner of the files can read", async () => {
    await expect(query(server.adminUrl.replace(/:[^:@]*@/, ":guess@"), "SELECT 1")).rejects.toThrow(
      /password/,
    );

    expect(statSync(join(dataDir, "password")).mode & 0o777).toBe(0o600);
  });

  test("a process that has nothing else to do waits for the server to end", async () => {
    const start = join(__dirname, "../src/index.ts");
    const program = `import { startPostgres } from ${JSON.stringify(start)};
      const server = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, port: "free" });
      await server.stop(0);
      console.log("ended", server.pid);`;

    const { stdout } = await promisify(execFile)(process.execPath, [
      "--input-type=module",
      "--eval",
      program,
    ]);

    const pid = Number(/^ended (\d+)/.exec(stdout)?.[1]);
    expect(isAlive(pid)).toBe(false);
    server = await startPostgres({ dataDir, port: "free" });
  });

  test("reports a port that is taken in one sentence", async () => {
    const second = mkdtempSync(join(tmpdir(), "mall-postgres-"));

    const start = startPostgres({ dataDir: second, port: server.port, durable: false });

    await expect(start).rejects.toThrow(/did not start on port \d+ .*Address already in use/);
    rmSync(second, { recursive: true, force: true });
  });
});

describe("provisioning", () => {
  test("a role reaches its own database and nothing else", async () => {
    const cart = await provisionDatabase(testServer, "test_cart", "cart's password");
    const purchase = await provisionDatabase(testServer, "test_purchase", "another");
    await query(cart, "CREATE TABLE carts (id int)");

    const elsewhere = (database: string) => query(cart.replace(/\/[^/]*$/, `/${database}`), "SELECT 1");

    await expect(elsewhere(new URL(purchase).pathname.slice(1))).rejects.toThrow(
      /permission denied for database/,
    );
    await expect(elsewhere("postgres")).rejects.toThrow(/permission denied for database/);
    await expect(elsewhere("template1")).rejects.toThrow(/permission denied for database/);
    await expect(query(cart, "SELECT * FROM pg_authid")).rejects.toThrow(/permission denied/);
  });

  test("done twice, at the same time too, it keeps the data and sets the password", async () => {
    const first = await provisionDatabase(testServer, "test_twice", "old");
    await query(first, "CREATE TABLE kept AS SELECT 7 AS id");

    const [second] = await Promise.all([
      provisionDatabase(testServer, "test_twice", "new"),
      provisionDatabase(testServer, "test_twice", "new"),
    ]);

    expect(await query(second, "SELECT id FROM kept")).toEqual([{ id: 7 }]);
    await expect(query(first, "SELECT 1")).rejects.toThrow(/password authentication failed/);
  });

  test("an administrator without superuser rights can do it", async () => {
    const administrator = await givenRole("limited_admin", "CREATEDB CREATEROLE");

    const url = await provisionDatabase(administrator, "test_limited", "secret");

    expect(await query(url, "SELECT current_user AS role")).toEqual([{ role: "mall_test_limited" }]);
  });

  test("a role that may not do it is told what it needs", async () => {
    const nobody = await givenRole("nobody_special", "");

    await expect(provisionDatabase(nobody, "test_refused", "secret")).rejects.toThrow(
      /may not make the database and role mall_test_refused .* CREATEDB and CREATEROLE/,
    );
  });
});

async function givenRole(name: string, rights: string): Promise<string> {
  await query(
    testServer,
    `CREATE ROLE ${name} LOGIN PASSWORD 'x' ${rights}; GRANT CONNECT ON DATABASE postgres TO ${name}`,
  );
  const url = new URL(testServer);
  url.username = name;
  url.password = "x";
  return url.href;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  return withClient(url, async (client) => (await client.query<Record<string, unknown>>(sql)).rows);
}
