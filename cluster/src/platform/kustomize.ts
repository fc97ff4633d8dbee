import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { run } from "../machine/run.ts";
import { statePath } from "../paths.ts";
import { programPaths } from "../toolchain/build.ts";

async function kustomizeBuild(folder: string): Promise<string> {
  const { kustomize = "" } = await programPaths();
  return run(kustomize, ["build", folder]);
}

/** Renders a kustomization that is not in the repository, with the files given beside it. */
export async function renderOnce(
  name: string,
  kustomization: object,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const folder = statePath("rendered", name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  await writeFile(join(folder, "kustomization.yaml"), stringify(kustomization));
  return kustomizeBuild(folder);
}
