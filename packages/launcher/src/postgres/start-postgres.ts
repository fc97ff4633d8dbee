import type { ChildProcess } from "node:child_process";
import { closeSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { LaunchError } from "../launch-error.ts";
import { lastLines, openLog, sizeOf } from "../log-file.ts";
import { freePort } from "../ports.ts";
import { sendSignal } from "../processes.ts";
import { withClient } from "./client.ts";
import { findBinaries } from "./binaries.ts";
import { spawnGuarded } from "./guardian.ts";
import { openCluster } from "./initialise-cluster.ts";
import { endLeftover, readPostmasterFile } from "./postmaster-file.ts";
import { serverSettings } from "./server-settings.ts";
import { unprivileged } from "./unprivileged.ts";

export interface PostgresOptions {
  /** Holds the data and the administrator's password; made when missing. Absolute. */
  dataDir: string;
  port: number | "free";
  /** False only for data that nobody will miss: a crash of the machine may then lose them. Default true. */
  durable?: boolean;
  /** Default `postgres.log` in `dataDir`. */
  logFile?: string;
}

export interface Postgres {
  /** Connects as the administrator. Holds a password: not to be printed. */
  adminUrl: string;
  port: number;
  pid: number;
  /** Settles when the server has ended, for whatever reason. */
  ended: Promise<void>;
  /** Ends every connection and shuts down; when that takes longer than `withinMs`, recovery on the next start does the rest. */
  stop(withinMs?: number): Promise<void>;
  /** SIGKILL, as a crash would. Resolves when it has ended. */
  kill(): Promise<void>;
}

const startTimeoutMs = 60_000; // crash recovery after heavy writing takes its time

/** Starts an embedded PostgreSQL on 127.0.0.1. It ends with this process, however this process ends. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { dataDir: folder, durable = true, logFile = join(folder, "postgres.log") } = options;
  const binaries = await findBinaries();
  const user = unprivileged();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { dataDir, password } = await openCluster(folder, binaries, user, durable);
  await endLeftover(dataDir);

  const port = options.port === "free" ? await freePort() : options.port;
  const logged = sizeOf(logFile);
  const log = openLog(logFile);
  const shell = spawnGuarded([binaries.postgres, "-D", dataDir, ...serverSettings(port, durable)], user, log);
  closeSync(log);
  const ended = new Promise<void>((resolve) => {
    shell.once("exit", () => resolve());
    shell.once("error", () => resolve());
  });
  const pid = await untilReady(dataDir, shell, () => {
    const reason = complaintIn(lastLines(logFile, 10, logged));
    return new LaunchError(`PostgreSQL did not start on port ${port} (${reason}): see ${logFile}.`);
  });

  const adminUrl = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  await closeToOtherRoles(adminUrl);
  return {
    adminUrl,
    port,
    pid,
    ended,
    async stop(withinMs = 10_000) {
      shell.ref(); // whoever waits for the end must not run out of things to wait for
      sendSignal(pid, "SIGINT");
      const impatience = setTimeout(() => sendSignal(pid, "SIGQUIT"), withinMs);
      await ended;
      clearTimeout(impatience);
    },
    async kill() {
      shell.ref();
      sendSignal(pid, "SIGKILL");
      await ended;
    },
  };
}

async function untilReady(dataDir: string, shell: ChildProcess, failure: () => LaunchError): Promise<number> {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline) {
    const file = readPostmasterFile(dataDir);
    if (file?.ready) return file.pid;
    if (shell.exitCode !== null || shell.signalCode !== null) throw failure();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  shell.stdin?.destroy(); // the guardian ends the server
  throw failure();
}

// The line that names the cause comes before those that name its consequences.
function complaintIn(lines: readonly string[]): string {
  const line =
    lines.find((text) => text.includes("could not")) ?? lines.find((text) => text.includes("FATAL"));
  return (line ?? lines.at(-1) ?? "it wrote no reason").replace(/^.*?(LOG|WARNING|FATAL|PANIC):\s+/, "");
}

// Everybody may connect to a new cluster's own databases, until told otherwise.
async function closeToOtherRoles(adminUrl: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    await client.query("REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC");
  });
}
