import { spawn } from "node:child_process";
import { openSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { statePath } from "../paths.ts";
import { waitFor } from "../machine/wait-for.ts";

/**
 * Processes that outlive this command, known by a file with their pid and the moment they began: a pid alone may by
 * now be somebody else's.
 */
interface Record {
  pid: number;
  /** Clock ticks since boot, from /proc. */
  began: string;
}

const recordPath = (name: string): string => statePath("run", `${name}.json`);
export const logPath = (name: string): string => statePath("log", `${name}.log`);

export async function isRunning(name: string): Promise<boolean> {
  return (await runningPid(name)) !== undefined;
}

/** Undefined when it does not run. */
export async function runningPid(name: string): Promise<number | undefined> {
  const text = await readFile(recordPath(name), "utf8").catch(() => "");
  if (text === "") return undefined;
  const record = JSON.parse(text) as Record;
  return (await beginOf(record.pid)) === record.began ? record.pid : undefined;
}

interface StartOptions {
  env?: NodeJS.ProcessEnv;
  /** Whose log it writes to; its own by default. */
  logOf?: string;
}

/** Starts a process of its own session, unless it runs already. Its output goes to its log. */
export async function startProcess(
  name: string,
  command: readonly string[],
  { env = {}, logOf = name }: StartOptions = {},
): Promise<number> {
  const present = await runningPid(name);
  if (present !== undefined) return present;
  await Promise.all([
    mkdir(statePath("run"), { recursive: true }),
    mkdir(statePath("log"), { recursive: true }),
  ]);
  const log = openSync(logPath(logOf), "a");
  const [program = "", ...args] = command;
  const child = spawn(program, args, {
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...process.env, ...env },
  });
  await new Promise<void>((resolve, reject) => child.once("spawn", resolve).once("error", reject));
  child.unref();
  await remember(name, child.pid ?? 0);
  return child.pid ?? 0;
}

export async function remember(name: string, pid: number): Promise<void> {
  await writeFile(recordPath(name), JSON.stringify({ pid, began: await beginOf(pid) }));
}

/** Asks it to end, and ends it when it does not within the time. Does nothing when it does not run. */
export async function stopProcess(
  name: string,
  { graceMs = 5_000, signal = "SIGTERM" }: { graceMs?: number; signal?: NodeJS.Signals } = {},
): Promise<void> {
  const pid = await runningPid(name);
  if (pid !== undefined) {
    process.kill(pid, signal);
    const gone = () => isRunning(name).then((running) => !running);
    await waitFor(`the end of ${name}`, gone, { timeoutMs: graceMs, everyMs: 50 }).catch(() =>
      process.kill(pid, "SIGKILL"),
    );
    await waitFor(`the end of ${name}`, gone, { timeoutMs: 10_000, everyMs: 50 });
  }
  await rm(recordPath(name), { force: true });
}

export async function recordedProcesses(): Promise<string[]> {
  const files = await readdir(statePath("run")).catch((): string[] => []);
  return files.filter((file) => file.endsWith(".json")).map((file) => file.slice(0, -".json".length));
}

/** The only child of a process, once it is there: `unshare` and `nsenter` fork what they run. */
export function childOf(pid: number): Promise<number> {
  const ask = async () => {
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
    return Number(children.trim().split(" ")[0]) || undefined;
  };
  return waitFor(`a child of process ${pid}`, ask, { timeoutMs: 10_000, everyMs: 20 });
}

async function beginOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // The name in parentheses may hold anything; the state follows it, and a zombie no longer runs.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields?.[0] === "Z" ? undefined : fields?.[19];
}
