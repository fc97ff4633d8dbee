import { setTimeout as sleep } from "node:timers/promises";
import type { Kysely } from "kysely";
import type { Pool } from "pg";
import { createHttpClient } from "../client/http-client.ts";
import { type OpenDatabase, openDatabase } from "../database/database.ts";
import { migrateDatabase } from "../database/migrate-database.ts";
import type { Migrations } from "../database/migrations.ts";
import { createFaultInjector } from "../faults/fault-injector.ts";
import { createHttpApp } from "../http/app.ts";
import { traced } from "../http/server-span.ts";
import { createLogger, type Logger } from "../telemetry/logger.ts";
import { createMetrics } from "../telemetry/metrics.ts";
import { type CommonConfig, commonConfig, type Environment, migrationLimits, parseConfig } from "./config.ts";
import { createGracefulServer } from "./graceful-server.ts";
import { createResources, type Resources } from "./resources.ts";
import type { Service, ServiceContext } from "./service-definition.ts";

export interface RunningService {
  name: string;
  url: string;
  logger: Logger;
  /** Rejects, with the reason, while the service cannot do its work. */
  ready(): Promise<void>;
  /** Stops taking requests, lets those under way finish, and closes everything. Repeating it does no harm. */
  stop(): Promise<void>;
}

export interface StartOptions {
  checkAnswers?: boolean;
}

const databaseStartMs = 20_000;
// What is left to close after the last request may always take this long. In milliseconds.
const leastClosingMs = 500;

/** Starts a service in this process: database, migrations, app, server. Rejects when any of them fails. */
export async function startService(
  definition: Service,
  environment: Environment,
  options: StartOptions = {},
): Promise<RunningService> {
  const config = parseConfig(commonConfig.and(definition.config), environment);
  const logger = createLogger(definition.name, config.LOG_LEVEL);
  const resources = createResources(logger);
  try {
    return await assemble(definition, config, options, logger, resources);
  } catch (error) {
    await resources.closeAll(config.SHUTDOWN_TIMEOUT_MS);
    throw error;
  }
}

async function assemble(
  { name, description, migrations, create }: Service,
  config: CommonConfig,
  options: StartOptions,
  logger: Logger,
  resources: Resources,
): Promise<RunningService> {
  const metrics = createMetrics(name);
  const faults = await createFaultInjector({ service: name, file: config.FAULTS_FILE, logger });
  resources.add("faults", faults.close);

  const database = migrations && (await openUpToDate(name, migrations, config, logger, faults.slowQueryMs));
  if (database) resources.add("database", database.close);

  const context: ServiceContext<unknown, unknown> = {
    config,
    database: database?.kysely ?? withoutDatabase<Kysely<unknown>>(name),
    pool: database?.pool ?? withoutDatabase<Pool>(name),
    client(peer, url) {
      const client = createHttpClient({ peer, url, metrics, logger });
      resources.add(`client of ${peer}`, client.close);
      return client;
    },
    logger,
    metrics,
    faults,
  };
  const parts = await create(context as unknown as ServiceContext<never, never>);

  let stopping = false;
  async function ready(): Promise<void> {
    if (stopping) throw new Error("shutting down");
    await database?.ping();
    await parts.ready?.();
  }
  const app = createHttpApp({
    name,
    description,
    ...parts,
    logger,
    metrics,
    faults,
    checkAnswers: options.checkAnswers ?? false,
    ready,
  });
  const untraced = parts.routes.filter((each) => each.untraced).map(({ path }) => path);
  const server = createGracefulServer(traced(app, { believeHeaders: parts.believeHeaders, untraced }));
  let begun = false;
  resources.add("background work", async () => (begun ? parts.stop?.() : undefined));
  const url = await server.listen(config.PORT, config.HOST);
  resources.add("server", () => server.close(config.SHUTDOWN_TIMEOUT_MS));
  begun = true;
  await parts.start?.();
  logger.info({ url }, "listening");

  async function stop(): Promise<void> {
    stopping = true;
    server.drain();
    await sleep(config.DRAIN_DELAY_MS);
    await resources.closeAll(config.SHUTDOWN_TIMEOUT_MS + leastClosingMs);
  }

  let stopped: Promise<void> | undefined;
  return { name, url, logger, ready, stop: () => (stopped ??= stop()) };
}

async function openUpToDate(
  name: string,
  migrations: Migrations<unknown>,
  config: CommonConfig,
  logger: Logger,
  slowQueryMs: () => number,
): Promise<OpenDatabase> {
  if (!config.DATABASE_URL) throw new Error("Set DATABASE_URL: this service stores something.");
  const access = { url: config.DATABASE_URL, applicationName: name, logger };
  const limits = migrationLimits(config);
  const applied = await migrateDatabase({ ...access, ...limits, startMs: databaseStartMs }, migrations);
  if (applied.length > 0) logger.info({ applied }, "migrated");
  return openDatabase({ ...access, slowQueryMs });
}

/** Stands where a service without migrations has no database, and says so when it is used. */
function withoutDatabase<T extends object>(name: string): T {
  return new Proxy({} as T, {
    get() {
      throw new Error(`${name} has no migrations, so it has no database`);
    },
  });
}
