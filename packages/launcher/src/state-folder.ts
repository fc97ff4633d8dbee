import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { LaunchError } from "./launch-error.ts";
import { endLeftover } from "./postgres/postmaster-file.ts";
import { describeProcess } from "./processes.ts";

const lockContent = z.object({ pid: z.int().positive(), startedAt: z.string() });

/** The paths below the state folder, all absolute. */
export function statePaths(stateDir: string) {
  return {
    lock: join(stateDir, "launcher.pid"),
    logs: join(stateDir, "logs"),
    passwords: join(stateDir, "passwords.json"),
    postgres: join(stateDir, "postgres"),
    faults: join(stateDir, "faults.flagd.json"),
  };
}

export interface StateLock {
  /** The last launcher did not end by itself: what it started may still be ending. */
  leftByCrash: boolean;
  release(): void;
}

/** Makes the state folder and takes it for this process. Throws LaunchError when another launcher has it. */
export function lockState(stateDir: string): StateLock {
  const { lock, logs } = statePaths(stateDir);
  mkdirSync(stateDir, { recursive: true });
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  const leftByCrash = removeStaleLock(stateDir);
  // A link is made whole or not at all, and only once: of two starts at the same moment one wins.
  const draft = `${lock}.${process.pid}`;
  writeFileSync(
    draft,
    JSON.stringify({ pid: process.pid, startedAt: describeProcess(process.pid)?.startedAt }),
  );
  try {
    linkSync(draft, lock);
  } catch (error) {
    throw alreadyRunning(runningPid(stateDir), stateDir, error);
  } finally {
    rmSync(draft, { force: true });
  }
  return { leftByCrash, release: () => rmSync(lock, { force: true }) };
}

/** Deletes everything the mall has kept. Throws LaunchError while a mall runs on it. */
export async function resetState(stateDir: string): Promise<void> {
  const pid = runningPid(stateDir);
  if (pid) {
    throw new LaunchError(
      `The mall is running (pid ${pid}) and its data are in use: stop it with Ctrl-C or \`kill ${pid}\`, then reset again.`,
    );
  }
  await endLeftover(join(statePaths(stateDir).postgres, "data"));
  for (const entry of entriesOf(stateDir)) rmSync(join(stateDir, entry), { recursive: true, force: true });
}

function removeStaleLock(stateDir: string): boolean {
  const pid = runningPid(stateDir);
  if (pid) throw alreadyRunning(pid, stateDir);
  const { lock } = statePaths(stateDir);
  const stale = entriesOf(stateDir).includes("launcher.pid");
  rmSync(lock, { force: true });
  return stale;
}

/** The launcher that has this state folder, by pid and start time: a pid alone is soon given to somebody else. */
function runningPid(stateDir: string): number | undefined {
  try {
    const { pid, startedAt } = lockContent.parse(JSON.parse(readFileSync(statePaths(stateDir).lock, "utf8")));
    return describeProcess(pid)?.startedAt === startedAt ? pid : undefined;
  } catch {
    return undefined;
  }
}

function alreadyRunning(pid: number | undefined, stateDir: string, cause?: unknown): LaunchError {
  const who = pid ? ` (pid ${pid})` : "";
  return new LaunchError(
    `The mall is already running${who} with its state in ${stateDir}: stop it first, or set MALL_STATE_DIR and MALL_PORT_OFFSET to run a second one beside it.`,
    { cause },
  );
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
