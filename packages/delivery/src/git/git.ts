import { DeliveryError } from "../delivery-error.ts";
import { type Finished, run } from "../run.ts";

export interface GitOptions {
  /** Another index than the work tree's, so that a commit can be made without touching what a person is editing. */
  readonly indexFile?: string;
  readonly input?: string;
}

/** Runs git in `root` and returns what it printed, without the last line break. Throws a DeliveryError if git fails. */
export async function git(root: string, args: readonly string[], options: GitOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await attemptGit(root, args, options);
  if (code === 0) return stdout.replace(/\n$/, "");
  throw new DeliveryError(`git ${args[0]} failed: ${reason(stderr || stdout)}`);
}

/** Runs git whatever comes of it, for commands whose exit code is an answer. */
export async function attemptGit(
  root: string,
  args: readonly string[],
  { indexFile, input }: GitOptions = {},
): Promise<Finished> {
  const env = { ...withoutRepository(process.env), LC_ALL: "C", GIT_TERMINAL_PROMPT: "0" };
  try {
    return await run("git", args, {
      cwd: root,
      env: indexFile ? { ...env, GIT_INDEX_FILE: indexFile } : env,
      ...(input !== undefined && { input }),
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new DeliveryError("Install git: every command here works on the repository's history.");
  }
}

/** A hook that runs one of these commands hands on which repository and index it was called for. */
function withoutRepository(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { GIT_DIR: _dir, GIT_INDEX_FILE: _index, GIT_WORK_TREE: _tree, ...rest } = env;
  return rest;
}

/** Git's own reason without its hints on what to type. */
function reason(text: string): string {
  const lines = text.split("\n").filter((line) => line && !line.startsWith("hint:"));
  const told = lines.find((line) => /^(fatal|error):/.test(line)) ?? lines.at(-1) ?? "it gave no reason";
  return told.replace(/^(fatal|error): /, "");
}
