import { setTimeout as sleep } from "node:timers/promises";
import { migrateDatabase } from "../database/migrate-database.ts";
import { flushTelemetry } from "../telemetry/flush.ts";
import { createLogger, type Logger } from "../telemetry/logger.ts";
import { commonConfig, migrationLimits, parseConfig } from "./config.ts";
import type { Service } from "./service-definition.ts";
import { type RunningService, startService } from "./start-service.ts";

const readyPollMs = 50;
// A database that is created together with the job may take its time.
const databaseStartMs = 60_000;

/**
 * The whole life of a service's process: start, say that it is ready, stop cleanly on a signal. With the argument
 * `migrate` it brings the database up to date and ends, for the job that runs before a new version.
 */
export async function runService(definition: Service): Promise<void> {
  const migrating = process.argv[2] === "migrate";
  try {
    if (migrating) await migrateOnly(definition);
    else await serve(definition);
  } catch (error) {
    const logger = createLogger(definition.name, "info");
    if (migrating) logger.fatal(`${definition.name} is not migrated. ${reasonOf(error)}`);
    else logger.fatal({ err: error }, "could not start");
    await flushTelemetry();
    process.exit(1);
  }
}

async function serve(definition: Service): Promise<void> {
  const asked = askedToStop();
  const service = await Promise.race([startService(definition, process.env), asked]);
  if (typeof service === "string") {
    createLogger(definition.name, "info").info({ reason: service }, "stopped while starting");
    process.exit(0);
  }
  process.on("uncaughtException", (error) => void die(service.logger, error));
  void tellWhenReady(service);

  service.logger.info({ reason: await asked }, "stopping");
  await service.stop();
  await flushTelemetry();
  process.exit(0);
}

/** Resolves with the reason. Listens from the start: a starter may be killed while this process is still starting. */
function askedToStop(): Promise<string> {
  return new Promise((resolve) => {
    process.on("SIGTERM", resolve);
    process.on("SIGINT", resolve);
    // Whoever started this process is gone: nobody else would ever stop it.
    process.on("disconnect", () => resolve("parent is gone"));
    if (process.send && !process.connected) resolve("parent is gone");
  });
}

/** Tells whoever started this process once the service can do its work, which may take others to be up. */
async function tellWhenReady({ url, ready }: RunningService): Promise<void> {
  if (!process.send) return;
  while (
    !(await ready().then(
      () => true,
      () => false,
    ))
  )
    await sleep(readyPollMs);
  if (process.connected) process.send({ type: "ready", url });
}

/** A bug has left the process in an unknown state. What led to it is sent before the process ends. */
async function die(logger: Logger, error: unknown): Promise<void> {
  logger.fatal({ err: error }, "an error was not handled");
  await flushTelemetry();
  process.exit(1);
}

async function migrateOnly({ name, migrations }: Service): Promise<void> {
  const config = parseConfig(commonConfig.partial({ PORT: true }), process.env);
  const logger = createLogger(name, config.LOG_LEVEL ?? "info");
  if (!migrations) return logger.info("nothing to migrate: this service stores nothing");
  if (!config.DATABASE_URL) throw new Error("Set DATABASE_URL to the database that is to be migrated.");
  const access = { url: config.DATABASE_URL, applicationName: name, logger };
  const limits = migrationLimits(config);
  const applied = await migrateDatabase({ ...access, ...limits, startMs: databaseStartMs }, migrations);
  logger.info({ applied }, "migrated");
}

/** One sentence for whoever looks at the failed job. A connection refused on several addresses has no message. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? ` (${String(error.code)})` : "";
  return error.message || `The database cannot be reached${code}.`;
}
