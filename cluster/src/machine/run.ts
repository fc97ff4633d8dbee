import { run as runToEnd } from "@mall/delivery";

export interface RunOptions {
  cwd?: string;
  /** Added to this process's own environment. */
  env?: Record<string, string>;
  input?: string;
}

/** Runs a command to its end and answers what it printed; throws with its last words when it fails. */
export async function run(
  command: string,
  args: readonly string[],
  { env, ...options }: RunOptions = {},
): Promise<string> {
  const { code, stdout, stderr } = await runToEnd(command, args, {
    ...options,
    env: { ...process.env, ...env },
  });
  if (code === 0) return stdout;
  const line = [command, ...args].join(" ").slice(0, 300);
  const lastWords = `${stdout}${stderr}`.trim().split("\n").slice(-12).join("\n  ");
  throw new Error(`\`${line}\` failed (${code}):\n  ${lastWords}`);
}

/** Whether a command succeeds; one that is not there does not. */
export function succeeds(command: string, args: readonly string[]): Promise<boolean> {
  return run(command, args).then(
    () => true,
    () => false,
  );
}
