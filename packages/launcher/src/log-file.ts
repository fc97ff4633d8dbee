import { closeSync, openSync, readSync, renameSync, statSync } from "node:fs";

const rotateAtBytes = 20 * 1024 * 1024;
const tailBytes = 8 * 1024;

/** Opens a log for appending and returns its descriptor; one that has grown large becomes `<file>.1` first. */
export function openLog(file: string): number {
  if (sizeOf(file) > rotateAtBytes) renameSync(file, `${file}.1`);
  return openSync(file, "a", 0o600);
}

export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** The last lines written after `offset`, without empty ones. */
export function lastLines(file: string, count: number, offset = 0): string[] {
  const size = sizeOf(file);
  const start = Math.max(offset, size - tailBytes);
  if (size <= start) return [];
  const buffer = Buffer.alloc(size - start);
  const descriptor = openSync(file, "r");
  try {
    readSync(descriptor, buffer, 0, buffer.length, start);
  } finally {
    closeSync(descriptor);
  }
  return buffer
    .toString("utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-count);
}
