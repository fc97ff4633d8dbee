import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "../../packages/launcher/src/postgres/start-postgres.ts";
import { testPostgres } from "./test-postgres.ts";

const prefix = "mall-test-postgres-";
const oldMs = 60 * 60 * 1000;

/** One throw-away PostgreSQL for all suites; each makes its own databases in it. */
export default async function startTestPostgres(): Promise<void> {
  if (process.env["TEST_POSTGRES_URL"]) return;
  await removeLeftovers();
  const dataDir = await mkdtemp(join(tmpdir(), prefix));
  const server = await startPostgres({ dataDir, port: "free", durable: false });
  testPostgres.running = { server, dataDir };
  process.env["TEST_POSTGRES_URL"] = server.adminUrl;
}

// A run that was killed did not reach its teardown: its server has ended by itself, its folder is still there.
async function removeLeftovers(): Promise<void> {
  for (const entry of await readdir(tmpdir())) {
    if (!entry.startsWith(prefix)) continue;
    const folder = join(tmpdir(), entry);
    const made = await stat(folder).catch(() => undefined);
    const old = made && made.mtimeMs < Date.now() - oldMs;
    if (old && !existsSync(join(folder, "data/postmaster.pid")))
      await rm(folder, { recursive: true, force: true });
  }
}
