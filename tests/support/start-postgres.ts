import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "../../packages/launcher/src/postgres/start-postgres.ts";
import { testPostgres } from "./test-postgres.ts";

/** One throw-away PostgreSQL for all suites; each makes its own databases in it. */
export default async function startTestPostgres(): Promise<void> {
  if (process.env["TEST_POSTGRES_URL"]) return;
  const dataDir = await mkdtemp(join(tmpdir(), "mall-test-postgres-"));
  const server = await startPostgres({ dataDir, port: "free", durable: false });
  testPostgres.running = { server, dataDir };
  process.env["TEST_POSTGRES_URL"] = server.adminUrl;
}
