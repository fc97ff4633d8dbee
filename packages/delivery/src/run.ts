import { spawn } from "node:child_process";

export interface Finished {
  /** The exit code; 128 when a signal ended it, as a shell would say it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
  /** Called with each piece of stderr as it is written, for progress of something that takes minutes. */
  readonly onStderr?: (text: string) => void;
}

/** Runs a command without a shell until it ends. Rejects only when it cannot be started (`error.code === "ENOENT"`). */
export function run(
  command: string,
  args: readonly string[],
  { cwd, env = process.env, input, onStderr }: RunOptions = {},
): Promise<Finished> {
  const { promise, resolve, reject } = Promise.withResolvers<Finished>();
  const child = spawn(command, args, { cwd, env, stdio: "pipe" });
  const pieces = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  child.stdout.on("data", (piece: Buffer) => pieces.stdout.push(piece));
  child.stderr.on("data", (piece: Buffer) => {
    pieces.stderr.push(piece);
    onStderr?.(piece.toString());
  });
  child.on("error", reject);
  child.on("close", (code) =>
    resolve({
      code: code ?? 128,
      stdout: Buffer.concat(pieces.stdout).toString(),
      stderr: Buffer.concat(pieces.stderr).toString(),
    }),
  );
  // A command that ends without reading its input is judged by its exit code, not by the broken pipe.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  return promise;
}
