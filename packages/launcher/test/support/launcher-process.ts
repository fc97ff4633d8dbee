import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Project } from "./project.ts";

const main = join(__dirname, "../../src/main.ts");

export interface LauncherProcess {
  child: ChildProcess;
  pid: number;
  output(): string;
  /** Resolves when the output matches; rejects when the process ends before that. */
  says(pattern: RegExp): Promise<void>;
  ended: Promise<number | null>;
}

/** Runs the real command line on a project. */
export function launch(
  project: Project,
  command: string,
  env: Record<string, string | undefined> = {},
): LauncherProcess {
  const args = ["--root", project.root, command];
  return watched(spawn(process.execPath, [main, ...args], { env: ownEnvironment(env), stdio: "pipe" }));
}

export function ownEnvironment(env: Record<string, string | undefined>): NodeJS.ProcessEnv {
  const { DATABASE_URL: _database, npm_lifecycle_event: _npm, ...inherited } = process.env;
  return { ...inherited, NO_COLOR: "1", ...env };
}

export function watched(child: ChildProcess): LauncherProcess {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += String(chunk);
      child.emit("said");
    });
  }
  const ended = once(child, "close").then(([code]) => code as number | null);
  return {
    child,
    pid: child.pid ?? 0,
    output: () => output,
    ended,
    async says(pattern) {
      while (!pattern.test(output)) {
        const over = ended.then(() =>
          Promise.reject(new Error(`It ended without saying ${pattern}:\n${output}`)),
        );
        await Promise.race([once(child, "said"), over]);
      }
    },
  };
}
