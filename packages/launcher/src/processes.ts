import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

export interface ProcessDescription {
  /** Tells a process from a later one with the same pid. Opaque, to be compared for equality only. */
  startedAt: string;
  command: string;
  parent: number;
}

/** What runs under this pid, or undefined when nothing does. A zombie counts as nothing. */
export function describeProcess(pid: number): ProcessDescription | undefined {
  return process.platform === "linux" ? describeFromProc(pid) : describeFromPs(pid);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return process.platform !== "linux" || describeFromProc(pid) !== undefined;
}

/** Resolves to false when the process still lives after the time given. */
export async function waitUntilGone(pid: number, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}

/** Sends a signal; a process that is already gone is no error. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

// /proc/<pid>/stat, after the command in parentheses: state is field 3, parent 4, start time 22 (proc(5)).
function describeFromProc(pid: number): ProcessDescription | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    return { startedAt: fields[19] ?? "", command, parent: Number(fields[1]) };
  } catch {
    return undefined;
  }
}

function describeFromPs(pid: number): ProcessDescription | undefined {
  try {
    const columns = ["-o", "ppid=", "-o", "lstart=", "-o", "command=", "-p", String(pid)];
    const line = execFileSync("ps", columns, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    // "  501 Mon Nov 23 04:36:00 2026 node main.js"
    const found = /^\s*(\d+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(.*)$/m.exec(line);
    return found?.[3]
      ? { startedAt: found[2] ?? "", command: found[3], parent: Number(found[1]) }
      : undefined;
  } catch {
    return undefined;
  }
}
