import { readdirSync, readFileSync } from "node:fs";

/** USER_HZ: what Linux counts processor time in, on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

/** What the operating system has counted for one process since it began. */
export interface ProcessCost {
  /** Milliseconds of processor time, in user mode and in the kernel, its ended children included. */
  cpuMs: number;
  /** Bytes: memory of its own and its share of what it shares with others. */
  pssBytes: number;
  /** Open file descriptors: files, sockets, pipes. */
  handles: number;
}

/** Reads the counters of a process and of everything below it; zero for one that has ended. Linux only. */
export function costOf(pid: number): ProcessCost {
  const costs = familyOf(pid).map(costOfOne);
  return {
    cpuMs: costs.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    pssBytes: costs.reduce((sum, { pssBytes }) => sum + pssBytes, 0),
    handles: costs.reduce((sum, { handles }) => sum + handles, 0),
  };
}

function costOfOne(pid: number): ProcessCost {
  const stat = read(`/proc/${pid}/stat`);
  // The name in parentheses may hold anything; what follows the last one are numbers. See proc_pid_stat(5).
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  const pss = /^Pss:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/smaps_rollup`));
  return {
    cpuMs: (ticks * 1_000) / TICKS_PER_SECOND,
    pssBytes: Number(pss?.[1] ?? 0) * 1_024,
    handles: listOf(`/proc/${pid}/fd`).length,
  };
}

/** The process and all its descendants. */
function familyOf(pid: number): number[] {
  const children = listOf(`/proc/${pid}/task`).flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`).split(" ").filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(familyOf)];
}

/** A process may end between being listed and being read. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function listOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
