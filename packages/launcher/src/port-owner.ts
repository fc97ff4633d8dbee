import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { describeProcess } from "./processes.ts";

/** Who listens on a port, as `node server.js (pid 123)`; undefined when that cannot be found out. */
export function describePortOwner(port: number): string | undefined {
  const pid = process.platform === "linux" ? listenerFromProc(port) : listenerFromLsof(port);
  if (!pid) return undefined;
  const command = describeProcess(pid)?.command.slice(0, 120) ?? "a process";
  return `${command} (pid ${pid})`;
}

function listenerFromProc(port: number): number | undefined {
  const inodes = new Set([
    ...listeningInodes("/proc/net/tcp", port),
    ...listeningInodes("/proc/net/tcp6", port),
  ]);
  return readable("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .find((pid) => socketsOf(pid).some((inode) => inodes.has(inode)));
}

// Columns of /proc/net/tcp: 1 local address and port in hexadecimal, 3 state (0A is LISTEN), 9 inode (proc(5)).
function listeningInodes(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return readText(table)
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(suffix) && columns[3] === "0A")
    .flatMap((columns) => columns[9] ?? []);
}

function socketsOf(pid: number): string[] {
  return readable(`/proc/${pid}/fd`).flatMap((descriptor) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`))?.[1] ?? [];
    } catch {
      return [];
    }
  });
}

function listenerFromLsof(port: number): number | undefined {
  try {
    const options = ["-nP", "-t", `-iTCP:${port}`, "-sTCP:LISTEN"];
    return (
      Number.parseInt(execFileSync("lsof", options, { encoding: "utf8", stdio: "pipe" }), 10) || undefined
    );
  } catch {
    return undefined;
  }
}

function readable(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
