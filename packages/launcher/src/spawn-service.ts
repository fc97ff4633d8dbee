import { type ChildProcess, spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { openLog } from "./log-file.ts";

export interface SpawnOptions {
  /** The program. Absolute. */
  main: string;
  /** The working directory. */
  root: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  onReady: () => void;
  /** Called once, with `exit code 1` or `killed by SIGKILL`. */
  onEnd: (reason: string) => void;
}

// A young generation of 4 MB in place of 16: 25 MB less for each service, so that the whole mall stays below 1 GB. And
// V8 lets garbage grow to several times what lives when the heap may be large: at most 512 MB, the observatory under
// load takes 100 MB less.
const memoryFlags = ["--max-semi-space-size=4", "--max-old-space-size=512"];
const readyMessage = z.object({ type: z.literal("ready") });
const extension = extname(fileURLToPath(import.meta.url)); // .ts in tests, .js when built
const endWithLauncher = new URL(`end-with-launcher${extension}`, import.meta.url).href;

/** Starts a service as a process of its own that writes to its log and ends when this process does. */
export function spawnService({ main, root, env, logFile, onReady, onEnd }: SpawnOptions): ChildProcess {
  const preloads = ["--import", endWithLauncher, "--import", "@mall/kit/telemetry"];
  const log = openLog(logFile);
  const child = spawn(process.execPath, [...memoryFlags, ...preloads, main], {
    cwd: root,
    env,
    stdio: ["ignore", log, log, "ipc"],
    // In a session of its own: Ctrl-C in the terminal reaches the launcher alone, which stops things in order.
    detached: true,
  });
  closeSync(log);
  child.on("message", (message) => {
    if (readyMessage.safeParse(message).success) onReady();
  });
  child.once("exit", (code, signal) => onEnd(signal ? `killed by ${signal}` : `exit code ${code}`));
  // Also reports a signal that could not be sent; then the process goes on.
  child.on("error", (error) => {
    if (child.pid === undefined) onEnd(error.message);
  });
  return child;
}
