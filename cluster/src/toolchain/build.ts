import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { cachePath, repository } from "../paths.ts";
import { run } from "../machine/run.ts";
import { say, step } from "../machine/progress.ts";
import { type Program, programs } from "./programs.ts";

// Static, the same bytes on every machine, and nothing downloaded that go.sum does not name.
const goEnvironment = {
  CGO_ENABLED: "0",
  GOTOOLCHAIN: "local",
  GOFLAGS: "-mod=readonly -trimpath -buildvcs=false",
};

/** Where a program lies or will lie; another pin is another file. */
async function programPath(program: Program): Promise<string> {
  const folder = join(repository, program.module);
  const sources = (await readdir(folder)).filter((file) => /^go\.(mod|sum)$|\.go$/.test(file)).toSorted();
  const hash = createHash("sha256").update(JSON.stringify([program.package, program.stamp]));
  for (const file of sources) hash.update(await readFile(join(folder, file)));
  return cachePath("bin", `${program.name}-${hash.digest("hex").slice(0, 12)}`);
}

/** Where the programs lie, by name; each must have been built. */
export async function programPaths(): Promise<Record<string, string>> {
  const paths = await Promise.all(
    programs.map(async (program) => [program.name, await programPath(program)] as const),
  );
  return Object.fromEntries(paths);
}

export async function missingPrograms(): Promise<Program[]> {
  const present = await Promise.all(programs.map(async (program) => existsSync(await programPath(program))));
  return programs.filter((_, index) => !present[index]);
}

/** Minutes that building takes on this machine, roughly: what one core needs, over the cores there are. */
export function minutesToBuild(missing: readonly Program[]): number {
  const seconds = missing.reduce((sum, program) => sum + program.seconds, 0);
  return Math.ceil(seconds / Math.min(cpus().length, 8) / 60);
}

/** One after the other: one build of this size fills all cores, and takes up to 4 GB. */
export async function buildPrograms(): Promise<void> {
  const missing = await missingPrograms();
  await mkdir(cachePath("bin"), { recursive: true });
  for (const [index, program] of missing.entries()) {
    say(
      `building ${program.name} (${index + 1} of ${missing.length}, about ${minutesToBuild([program])} min)`,
    );
    await step(`built ${program.name}`, () => build(program));
  }
}

async function build(program: Program): Promise<void> {
  const target = await programPath(program);
  const stamps = Object.entries(program.stamp ?? {}).map(([variable, value]) => `-X ${variable}=${value}`);
  const args = [
    "build",
    "-ldflags",
    ["-s", "-w", ...stamps].join(" "),
    "-o",
    `${target}.new`,
    program.package,
  ];
  await run("nice", ["go", ...args], { cwd: join(repository, program.module), env: goEnvironment });
  await rename(`${target}.new`, target);
}

/** The folder of a module's source, where its manifests and charts lie. */
export async function moduleFolder(program: string, module: string): Promise<string> {
  const found = programs.find(({ name }) => name === program);
  if (!found) throw new Error(`There is no program "${program}".`);
  const cwd = join(repository, found.module);
  const answer = await run("go", ["list", "-m", "-f", "{{.Dir}}", module], { cwd, env: goEnvironment });
  return answer.trim();
}
