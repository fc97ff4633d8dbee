import type { Postgres } from "../../packages/launcher/src/postgres/start-postgres.ts";

/** What setup leaves for teardown: both run in Jest's own process, and load their modules separately. */
export const testPostgres: { running?: { server: Postgres; dataDir: string } } = ((
  globalThis as { mallTestPostgres?: object }
).mallTestPostgres ??= {});
