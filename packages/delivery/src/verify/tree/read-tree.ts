import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { toolPath } from "../../tools/tool-path.ts";
import { basesOf, folderOf, type Kustomization } from "./kustomization.ts";
import { kustomizationsAmong, readFiles } from "./read-files.ts";
import { renderAll } from "./render.ts";
import { readServices } from "./services.ts";
import { stagingHistory } from "./staging-history.ts";
import type { Render, Tree } from "./tree.ts";
import { variantsAmong } from "./variants.ts";
import { createWorkspace, rootsAmong } from "./workspace.ts";

/** Reads and renders everything that is delivered. Throws a DeliveryError when Kustomize or a service cannot be had. */
export async function readTree(folder: string): Promise<Tree> {
  const root = resolve(folder);
  const files = readFiles(root);
  const kustomizations = kustomizationsAmong(files);
  const services = readServices(root);
  return {
    root,
    files,
    kustomizations,
    services,
    renders: await rendersOf(files, kustomizations),
    stagingDigests: (service) => {
      const now = files.get(`overlays/staging/${service}/release/kustomization.yaml`) ?? "";
      return new Set([...stagingHistory(root, service), ...(now.match(/sha256:[0-9a-f]{64}/g) ?? [])]);
    },
  };
}

async function rendersOf(
  files: ReadonlyMap<string, string>,
  kustomizations: readonly Kustomization[],
): Promise<Render[]> {
  const kustomize = await toolPath("kustomize", { say: (line) => process.stderr.write(`${line}\n`) });
  // Kustomize refuses folders that it reaches by a symbolic link.
  const scratch = await mkdtemp(join(await realpath(tmpdir()), "mall-verify-"));
  try {
    const variants = variantsAmong(kustomizations);
    const written = new Map([
      ...files,
      ...variants.map(({ folder, text }) => [`${folder}/kustomization.yaml`, text] as const),
    ]);
    const workspace = await createWorkspace(scratch, { files: written, kustomizations });
    const roots = rootsAmong(kustomizations).map((root) => ({
      folder: folderOf(root),
      missing: workspace.missing.find((address) => builtOn(root, kustomizations).has(address)),
    }));
    const rendered = await renderAll(
      [
        ...roots.filter(({ missing }) => !missing).map((root) => ({ folder: root.folder })),
        ...variants.map(({ folder, demonstration, leaf }) => ({
          folder,
          as: { folder: demonstration, variantOf: leaf },
        })),
      ],
      { workspace, kustomize, wrappers: join(scratch, "wrappers") },
    );
    return [
      ...rendered,
      ...roots.flatMap(({ folder, missing }) => (missing ? [{ folder, missing, objects: [] }] : [])),
    ];
  } finally {
    await rm(scratch, { recursive: true });
  }
}

/** Everything that a kustomization builds on, at whatever depth. */
function builtOn(root: Kustomization, kustomizations: readonly Kustomization[]): Set<string> {
  const byFolder = new Map(kustomizations.map((each) => [folderOf(each), each]));
  const found = new Set(basesOf(root));
  for (const base of found) {
    const kustomization = byFolder.get(base);
    if (kustomization) basesOf(kustomization).forEach((deeper) => found.add(deeper));
  }
  return found;
}
