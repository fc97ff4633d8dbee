import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { LaunchError } from "../launch-error.ts";
import type { PostgresBinaries } from "./binaries.ts";
import { giveTo, type Unprivileged } from "./unprivileged.ts";

const run = promisify(execFile);

export interface Cluster {
  dataDir: string;
  password: string;
}

/**
 * Opens the cluster kept in `folder`, making it on the first start. It is made beside its place and moved there when
 * whole, so that a start that was killed in the middle leaves nothing that looks like data.
 */
export async function openCluster(
  folder: string,
  binaries: PostgresBinaries,
  user: Unprivileged,
  durable: boolean,
): Promise<Cluster> {
  const dataDir = join(folder, "data");
  const passwordFile = join(folder, "password");
  if (!existsSync(dataDir)) {
    const unfinished = join(folder, "data.unfinished");
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true, mode: 0o700 });
    writeFileSync(passwordFile, randomBytes(24).toString("base64url"), { mode: 0o600 });
    for (const path of [folder, unfinished, passwordFile]) giveTo(user, path);
    await initdb(binaries.initdb, unfinished, passwordFile, user, durable);
    renameSync(unfinished, dataDir);
  }
  giveTo(user, folder);
  return { dataDir, password: readFileSync(passwordFile, "utf8") };
}

async function initdb(
  program: string,
  dataDir: string,
  passwordFile: string,
  user: Unprivileged,
  durable: boolean,
): Promise<void> {
  const [command = program, ...rest] = [
    ...user.prefix,
    program,
    `--pgdata=${dataDir}`,
    "--username=postgres",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // The built-in provider sorts alike on every machine; an operating system's locales do not.
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    ...(durable ? [] : ["--no-sync"]),
  ];
  await run(command, rest, {
    env: { PATH: process.env["PATH"], LC_ALL: "C" },
    cwd: "/",
    ...user.identity,
  }).catch((error: Error & { stderr?: string }) => {
    const reason = error.stderr?.trim().split("\n").at(-1) || error.message;
    throw new LaunchError(
      `PostgreSQL's data could not be made in ${dataDir} (${reason}): ${adviceFor(user)}.`,
      {
        cause: error,
      },
    );
  });
}

function adviceFor({ identity }: Unprivileged): string {
  return identity
    ? "PostgreSQL does not run as root and this machine has no user namespaces, so start the mall as an ordinary user or set DATABASE_URL"
    : "mend that, or set DATABASE_URL to a PostgreSQL server of your own";
}
