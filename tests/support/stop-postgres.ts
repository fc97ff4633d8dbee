import { rm } from "node:fs/promises";
import { testPostgres } from "./test-postgres.ts";

export default async function stopTestPostgres(): Promise<void> {
  if (!testPostgres.running) return;
  const { server, dataDir } = testPostgres.running;
  await server.stop(0);
  await rm(dataDir, { recursive: true, force: true });
  // A run in watch mode starts another.
  delete testPostgres.running;
  delete process.env["TEST_POSTGRES_URL"];
}
