import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Kysely } from "kysely";
import type { Pool } from "pg";
import { createHttpClient, type HttpClient } from "../client/http-client.ts";
import { type OpenDatabase, openDatabase, waitForDatabase } from "../database/database.ts";
import { migrate } from "../database/migrations.ts";
import { createFaultInjector } from "../faults/fault-injector.ts";
import { createHttpApp } from "../http/app.ts";
import { traced } from "../http/server-span.ts";
import { createLogger, type Logger } from "../telemetry/logger.ts";
import { createMetrics } from "../telemetry/metrics.ts";
import { type CommonConfig, commonConfig, type Environment, parseConfig } from "./config.ts";
import type { Service, ServiceContext } from "./service-definition.ts";

export interface RunningService {
  name: string;
  url: string;
  logger: Logger;
  /** Stops taking requests, lets those under way finish, and closes everything. */
  stop(): Promise<void>;
}

export interface StartOptions {
  checkAnswers?: boolean;
}

const databaseStartMs = 20_000;

/** Starts a service in this process: database, migrations, app, server. Rejects when any of them fails. */
export async function startService(
  definition: Service,
  environment: Environment,
  options: StartOptions = {},
): Promise<RunningService> {
  const { name, description, migrations, config: ownConfig, create } = definition;
  const config = parseConfig(commonConfig.and(ownConfig), environment);
  const logger = createLogger(name, config.LOG_LEVEL);
  const metrics = createMetrics(name);
  const faults = await createFaultInjector({ service: name, file: config.FAULTS_FILE, logger });
  const clients: HttpClient[] = [];

  const database = migrations && openFor(name, config, logger, faults.slowQueryMs);
  if (database) {
    await waitForDatabase(database, databaseStartMs);
    const applied = await migrate(database.kysely, migrations);
    if (applied.length > 0) logger.info({ applied }, "migrated");
  }

  const context: ServiceContext<unknown, unknown> = {
    config,
    database: database?.kysely ?? withoutDatabase<Kysely<unknown>>(name),
    pool: database?.pool ?? withoutDatabase<Pool>(name),
    client(peer, url) {
      const client = createHttpClient({ peer, url, metrics, logger });
      clients.push(client);
      return client;
    },
    logger,
    metrics,
    faults,
  };
  const parts = await create(context as unknown as ServiceContext<never, never>);

  let stopping = false;
  const app = createHttpApp({
    name,
    description,
    ...parts,
    logger,
    metrics,
    faults,
    checkAnswers: options.checkAnswers ?? false,
    async ready() {
      if (stopping) throw new Error("shutting down");
      await database?.ping();
      await parts.ready?.();
    },
  });
  const server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 30_000 }, traced(app));
  const url = await listen(server, config);
  await parts.start?.();
  logger.info({ url }, "listening");

  return {
    name,
    url,
    logger,
    async stop() {
      stopping = true;
      await new Promise((resolve) => setTimeout(resolve, config.DRAIN_DELAY_MS));
      await closeServer(server, config.SHUTDOWN_TIMEOUT_MS);
      await parts.stop?.();
      await Promise.all(clients.map((client) => client.close()));
      await faults.close();
      await database?.close();
    },
  };
}

function openFor(
  name: string,
  config: CommonConfig,
  logger: Logger,
  slowQueryMs: () => number,
): OpenDatabase {
  if (!config.DATABASE_URL) throw new Error("Set DATABASE_URL: this service stores something.");
  return openDatabase({ url: config.DATABASE_URL, applicationName: name, logger, slowQueryMs });
}

/** Stands where a service without migrations has no database, and says so when it is used. */
function withoutDatabase<T extends object>(name: string): T {
  return new Proxy({} as T, {
    get() {
      throw new Error(`${name} has no migrations, so it has no database`);
    },
  });
}

function listen(server: Server, { HOST, PORT }: CommonConfig): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(PORT, HOST, () => {
      const { address, port } = server.address() as AddressInfo;
      resolve(`http://${address}:${port}`);
    });
  });
}

async function closeServer(server: Server, timeoutMs: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), timeoutMs);
  await closed;
  clearTimeout(timer);
}
