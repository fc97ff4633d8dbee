import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";

/** Of Linux' clock ticks, in which /proc counts processor time. */
const TICKS_PER_SECOND = 100;

/** User and system time that a process has used. Linux only. */
export function processorSeconds({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Resident, in megabytes. Linux only. */
export const memoryMB = ({ pid }: ChildProcess): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
