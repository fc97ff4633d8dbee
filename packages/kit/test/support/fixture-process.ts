import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const kit = join(import.meta.dirname, "..", "..");
const fixture = join(import.meta.dirname, "..", "fixtures", "traced-service.mjs");

export interface FixtureProcess {
  child: ChildProcess;
  /** Resolves when it says that it is ready; rejects when it ends before. */
  url: Promise<string>;
  /** Its exit code, or the signal that killed it. */
  ended: Promise<number | NodeJS.Signals>;
  /** Its log so far, one object for each line. */
  logs(): Record<string, unknown>[];
  output(): string;
}

export interface FixtureOptions {
  env?: Record<string, string>;
  traced?: boolean;
  argument?: string;
}

/** Runs the fixture service as a process of its own, as the mall runs its services. */
export function startFixture({ env = {}, traced = false, argument }: FixtureOptions = {}): FixtureProcess {
  const args = [
    ...(traced ? ["--import", "@mall/kit/telemetry"] : []),
    fixture,
    ...(argument ? [argument] : []),
  ];
  const child = spawn(process.execPath, args, {
    cwd: kit, // where the name of the preload leads to its built form
    env: { PATH: process.env["PATH"], PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));

  const ended = once(child, "exit").then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  const ready = once(child, "message").then(([message]) => (message as { url: string }).url);
  const url = Promise.race([
    ready,
    ended.then((reason) => Promise.reject(new Error(`the fixture ended with ${reason}: ${output}`))),
  ]);
  url.catch(() => undefined); // for tests in which it is meant to end
  return {
    child,
    url,
    ended,
    output: () => output,
    logs: () =>
      output
        .split("\n")
        .filter((line) => line.startsWith("{"))
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

/** Ends it, and waits until it has ended. */
export async function stopFixture({ child, ended }: FixtureProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  await ended;
}
