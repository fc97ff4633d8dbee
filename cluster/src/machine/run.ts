import { spawn } from "node:child_process";

export interface RunOptions {
  cwd?: string;
  /** Added to this process's own environment. */
  env?: Record<string, string>;
  input?: string;
  /** Kills the command after so long. */
  timeoutMs?: number;
}

export class CommandFailed extends Error {
  override readonly name = "CommandFailed";
  readonly exitCode: number;

  constructor(command: string, exitCode: number, output: string) {
    const lastLines = output.trim().split("\n").slice(-12).join("\n  ");
    super(`\`${command}\` failed (${exitCode}):\n  ${lastLines}`);
    this.exitCode = exitCode;
  }
}

/** Runs a command to its end and answers what it printed; throws with its last words when it fails. */
export async function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ["pipe", "pipe", "pipe"],
    ...(options.timeoutMs && { timeout: options.timeoutMs }),
  });
  const printed: string[] = [];
  const complained: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => printed.push(text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => complained.push(text));
  // A command that ends without reading its input is judged by its exit code.
  child.stdin.on("error", () => undefined).end(options.input);
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
  if (exitCode !== 0)
    throw new CommandFailed(
      [command, ...args].join(" ").slice(0, 300),
      exitCode,
      [...printed, ...complained].join(""),
    );
  return printed.join("");
}

/** Whether a command succeeds. */
export function succeeds(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<boolean> {
  return run(command, args, options).then(
    () => true,
    () => false,
  );
}
