import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

export interface ServiceProcess {
  url: string;
  /** Everything it has written to standard output and error. */
  output(): string;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Ends it as an orchestrator would. */
  stop(): Promise<void>;
}

/** Runs a service from its sources in a process of its own, and resolves when it is ready. */
export async function startProcess(
  main: string,
  environment: Readonly<Record<string, string>>,
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, ["--conditions=source", main], {
    env: { PORT: "0", ...environment },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let written = "";
  child.stdout?.on("data", (chunk: Buffer) => (written += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (written += chunk.toString()));
  const ended = once(child, "exit");
  const ready = once(child, "message") as Promise<[{ url: string }]>;
  const first = await Promise.race([ready, ended.then(() => undefined)]);
  if (!first) throw new Error(`${main} ended before it was ready:\n${written}`);

  return {
    url: first[0].url,
    output: () => written,
    kill: () => end(child, "SIGKILL", ended),
    stop: () => end(child, "SIGTERM", ended),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals, ended: Promise<unknown>): Promise<void> {
  child.kill(signal);
  await ended;
}
