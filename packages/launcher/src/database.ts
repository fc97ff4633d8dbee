import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { createBackoff } from "./backoff.ts";
import { LaunchError } from "./launch-error.ts";
import { lastLines } from "./log-file.ts";
import type { MallListener } from "./mall-event.ts";
import { withClient } from "./postgres/client.ts";
import { databaseUrl, provisionDatabases } from "./postgres/provision-database.ts";
import { type Postgres, startPostgres } from "./postgres/start-postgres.ts";

/** The PostgreSQL server that the services share, each in its own database. */
export interface MallDatabase {
  /** The embedded server's process; undefined while it is down, and always for a server of somebody else's. */
  readonly pid: number | undefined;
  urlFor(service: string): string;
  /** Resolves when every service's database is there; rejects when that cannot be. */
  provisioned: Promise<void>;
  /** SIGKILL to the embedded server, which is then restarted. */
  kill(): Promise<void>;
  /** Ends the embedded server. */
  stop(withinMs: number): Promise<void>;
}

/** Uses the server behind DATABASE_URL. Everything is in place when this resolves; throws LaunchError otherwise. */
export async function useDatabase(
  adminUrl: string,
  passwords: Record<string, string>,
): Promise<MallDatabase> {
  try {
    await provisionDatabases(adminUrl, passwords);
  } catch (error) {
    if (error instanceof LaunchError || !(error instanceof Error)) throw error;
    const { hostname, port } = new URL(adminUrl);
    // A connection refused on several addresses is an AggregateError without a message of its own.
    const reason = error.message || (error as NodeJS.ErrnoException).code;
    throw new LaunchError(
      `The database at ${hostname}:${port || 5432} cannot be used (${reason}): start it or correct DATABASE_URL, or unset DATABASE_URL to use the embedded PostgreSQL.`,
      { cause: error },
    );
  }
  return {
    pid: undefined,
    provisioned: Promise.resolve(),
    urlFor: (service) => databaseUrl(adminUrl, service, passwords[service] ?? ""),
    kill: () => Promise.reject(new Error("The database is not the launcher's own process.")),
    stop: () => Promise.resolve(),
  };
}

const checkpointAfterMs = 8_000;

export interface EmbeddedOptions {
  folder: string;
  port: number;
  logs: string;
  passwords: Record<string, string>;
  onEvent: MallListener;
}

/** Starts the embedded server and keeps it running. The addresses hold at once, the server answers a little later. */
export function runEmbeddedDatabase({
  folder,
  port,
  logs,
  passwords,
  onEvent,
}: EmbeddedOptions): MallDatabase {
  const logFile = join(logs, "postgres.log");
  const backoff = createBackoff();
  const provisioned = Promise.withResolvers<void>();
  const stopping = new AbortController();
  let running: Postgres | undefined;
  let stopWithinMs = 0;
  const kept = keepRunning();

  async function keepRunning(): Promise<void> {
    while (!stopping.signal.aborted) {
      const startedAt = Date.now();
      const reason = await runOnce(startedAt).catch((error: unknown) => error);
      // Without effect once the services have their databases: then a failure is only a reason to try again.
      provisioned.reject(reason);
      running = undefined;
      if (stopping.signal.aborted) break;
      const restartInMs = backoff(Date.now() - startedAt);
      const sentence = reason instanceof Error ? reason.message : String(reason);
      onEvent({
        type: "died",
        name: "postgres",
        reason: sentence,
        lastLines: lastLines(logFile, 5),
        restartInMs,
      });
      await setTimeout(restartInMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
    onEvent({ type: "stopped", name: "postgres" });
  }

  async function runOnce(startedAt: number): Promise<string> {
    onEvent({ type: "starting", name: "postgres" });
    const server = await startPostgres({ dataDir: folder, port, logFile });
    running = server;
    if (stopping.signal.aborted) await server.stop(stopWithinMs);
    try {
      await provisionDatabases(server.adminUrl, passwords);
    } catch (error) {
      await server.stop();
      throw error;
    }
    onEvent({ type: "ready", name: "postgres", afterMs: Date.now() - startedAt });
    provisioned.resolve();
    // A first start writes 70 MB; left until shutdown, they would take a good part of Ctrl-C's three seconds. Written
    // at once, they would hold up the services that are just starting.
    const checkpoint = globalThis.setTimeout(() => {
      withClient(server.adminUrl, (client) => client.query("CHECKPOINT")).catch(() => {});
    }, checkpointAfterMs);
    await server.ended;
    clearTimeout(checkpoint);
    return "it ended by itself";
  }

  return {
    get pid() {
      return running?.pid;
    },
    provisioned: provisioned.promise,
    urlFor: (service) => databaseUrl(`postgres://127.0.0.1:${port}`, service, passwords[service] ?? ""),
    async kill() {
      await running?.kill();
    },
    async stop(withinMs) {
      stopWithinMs = withinMs;
      stopping.abort();
      await running?.stop(withinMs);
      await kept;
    },
  };
}
