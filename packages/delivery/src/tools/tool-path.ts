import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { DeliveryError } from "../delivery-error.ts";
import { run } from "../run.ts";
import { type GoTool, type PinnedTool, pinnedTools, type ToolName } from "./pinned-tools.ts";
import { pinnedVersion } from "./pinned-version.ts";

export interface ToolPathOptions {
  /** The project whose `tools/` folder pins the versions. */
  readonly root?: string;
  /** Where built tools are kept; beside the project, so that `npm ci` does not throw minutes of building away. */
  readonly cache?: string;
  /** A longer build is not begun, and the tool counts as one that cannot be had. */
  readonly maxBuildSeconds?: number;
  /** Told what takes a while. */
  readonly say?: (line: string) => void;
  readonly env?: NodeJS.ProcessEnv;
}

const projectRoot = join(import.meta.dirname, "../../../..");
const found = new Map<string, Promise<string>>();

/**
 * The command to run for a tool: the one on the PATH when its version will do, else one made from its pin under
 * `tools/`, once, into a cache. Throws a DeliveryError that says what to install when neither can be had.
 */
export function toolPath(name: ToolName, options: ToolPathOptions = {}): Promise<string> {
  const { root = projectRoot, env = process.env, say = () => {}, maxBuildSeconds = Infinity } = options;
  const cache = options.cache ?? cacheFolder(env);
  const key = JSON.stringify([name, root, cache, env["PATH"], maxBuildSeconds]);
  const known = found.get(key);
  if (known) return known;
  const finding = find(name, { root, env, cache, say, maxBuildSeconds });
  found.set(key, finding);
  // What could not be had may be installed by the next time that somebody asks.
  finding.catch(() => found.delete(key));
  return finding;
}

async function find(name: ToolName, options: Required<ToolPathOptions>): Promise<string> {
  const { root, env, cache } = options;
  const tool: PinnedTool = pinnedTools[name];
  const version = await pinnedVersion(root, name, tool);
  const printed = await output(name, tool.versionArguments, env);
  if (printed !== undefined && tool.accepts(printed, version)) return name;
  const folder = join(cache, `${name}-${version}`);
  const command = tool.language === "go" ? join(folder, name) : join(folder, "bin", name);
  if (existsSync(command)) return command;
  await mkdir(cache, { recursive: true });
  const make = tool.language === "go" ? buildWithGo : installWithPip;
  await make({ ...options, name, version, folder, tool });
  return command;
}

interface Making extends Required<Omit<ToolPathOptions, "cache">> {
  readonly name: ToolName;
  readonly version: string;
  readonly folder: string;
  readonly tool: PinnedTool;
}

async function buildWithGo(making: Making): Promise<void> {
  const { name, version, folder, root, env, say, tool, maxBuildSeconds } = making;
  const { package: goPackage, buildSeconds } = tool as GoTool;
  if ((await output("go", ["version"], env)) === undefined)
    throw new DeliveryError(`Install ${name} ${version}, or Go to have it built from tools/${name}.`);
  const takes = buildSeconds < 120 ? `${buildSeconds} seconds` : `${Math.round(buildSeconds / 60)} minutes`;
  if (buildSeconds > maxBuildSeconds)
    throw new DeliveryError(`${name} ${version} is not installed, and takes ${takes} to build.`);
  say(`Building ${name} ${version} from tools/${name}: about ${takes}, only this once.`);
  // Renamed when it is whole: two that build at the same time do not see each other's half.
  const partial = `${folder}.${process.pid}`;
  const built = await run("go", ["build", "-trimpath", "-o", join(partial, name), goPackage], {
    cwd: join(root, "tools", name),
    env: { ...env, CGO_ENABLED: "0" },
  });
  if (built.code !== 0)
    throw new DeliveryError(
      `${name} ${version} could not be built (install it, or mend this): ${lastLine(built.stderr)}`,
    );
  await keep(partial, folder);
}

async function installWithPip({ name, version, folder, root, env, say }: Making): Promise<void> {
  const pip = `${name} ${version}: pipx install ${name}==${version}`;
  if ((await output("python3", ["--version"], env)) === undefined)
    throw new DeliveryError(`Install ${pip}, or Python to have it installed from tools/${name}.`);
  say(`Installing ${name} ${version} from tools/${name}.`);
  // A virtual environment knows its own path, so it is made in place; its command appears as pip's last act.
  const requirements = join(root, "tools", name, "requirements.txt");
  const steps = [
    ["python3", "-m", "venv", folder],
    [join(folder, "bin/pip"), "install", "--quiet", "--require-hashes", "--requirement", requirements],
  ] as const;
  for (const [command, ...args] of steps) {
    const { code, stderr, stdout } = await run(command, args, { env });
    if (code === 0) continue;
    await rm(folder, { recursive: true, force: true });
    throw new DeliveryError(`Install ${pip} (${lastLine(stderr || stdout)})`);
  }
}

async function keep(partial: string, folder: string): Promise<void> {
  try {
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

async function output(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  try {
    const { code, stdout, stderr } = await run(command, args, { env });
    return code === 0 ? stdout + stderr : undefined;
  } catch {
    return undefined;
  }
}

const cacheFolder = (env: NodeJS.ProcessEnv): string =>
  join(env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "shopping-mall/tools");

const lastLine = (text: string): string => text.trim().split("\n").at(-1) ?? "";
