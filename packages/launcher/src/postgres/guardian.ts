import { type ChildProcess, spawn } from "node:child_process";
import type { Unprivileged } from "./unprivileged.ts";

// A shell of a megabyte stands between the launcher and PostgreSQL. Its standard input is a pipe that only the
// launcher holds: when the launcher is gone, even by kill -9, the read ends and PostgreSQL gets a fast shutdown.
// The watcher is a process of its own so that it outlives the shell, should somebody kill that.
const script = `
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
{ read -r _ <&3; kill -INT "$server"; } </dev/null >/dev/null 2>&1 &
watcher=$!
exec 3<&-
wait "$server"
status=$?
kill "$watcher" 2>/dev/null
exit "$status"
`;

/**
 * Runs a command that must not outlive this process. The child returned is the shell; it exits when the command
 * does, with its status. In a session of its own, so that Ctrl-C in the terminal does not reach it.
 */
export function spawnGuarded(command: readonly string[], user: Unprivileged, log: number): ChildProcess {
  const child = spawn("/bin/sh", ["-c", script, "mall-guardian", ...user.prefix, ...command], {
    stdio: ["pipe", log, log],
    detached: true,
    cwd: "/",
    env: { PATH: process.env["PATH"], LC_ALL: "C" },
    ...user.identity,
  });
  child.unref();
  return child;
}
