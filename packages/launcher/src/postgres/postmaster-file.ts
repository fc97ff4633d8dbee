import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describeProcess, sendSignal, waitUntilGone } from "../processes.ts";

/** What PostgreSQL writes about itself into postmaster.pid (src/include/utils/pidfile.h). */
export interface PostmasterFile {
  pid: number;
  port: number;
  ready: boolean;
}

export function readPostmasterFile(dataDir: string): PostmasterFile | undefined {
  try {
    const lines = readFileSync(join(dataDir, "postmaster.pid"), "utf8").split("\n");
    const pid = Number(lines[0]);
    return pid > 0 ? { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Ends a server that still runs on these data, and removes a postmaster.pid whose process is gone. PostgreSQL
 * only asks whether the pid exists, so a pid that has since been given to another program would keep it from starting.
 */
export async function endLeftover(dataDir: string): Promise<void> {
  const file = readPostmasterFile(dataDir);
  if (!file) return;
  if (describeProcess(file.pid)?.command.includes(dataDir)) {
    sendSignal(file.pid, "SIGINT");
    if (!(await waitUntilGone(file.pid, 5_000))) sendSignal(file.pid, "SIGQUIT");
    if (!(await waitUntilGone(file.pid, 5_000))) sendSignal(file.pid, "SIGKILL");
    await waitUntilGone(file.pid, 5_000);
  }
  rmSync(join(dataDir, "postmaster.pid"), { force: true });
}
