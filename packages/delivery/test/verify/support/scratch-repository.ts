import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../../../..");

/** What the rules read: manifests, pages, pinned tools, and of the code what a service declares. */
const delivered = ["kustomization.yaml", "base", "overlays", "apps", "argocd", "docs", "tools"];
const declared = ["package.json", "src/config.ts"];

export interface ScratchRepository {
  readonly root: string;
  remove(): void;
}

/** A copy of the repository to make mistakes in. */
export function scratchRepository(): ScratchRepository {
  const copy = mkdtempSync(join(tmpdir(), "mall-scratch-"));
  for (const name of delivered) cpSync(join(root, name), join(copy, name), { recursive: true });
  for (const service of readdirSync(join(root, "services")))
    for (const file of declared)
      if (existsSync(join(root, "services", service, file)))
        cpSync(join(root, "services", service, file), join(copy, "services", service, file));
  cpSync(join(root, "package.json"), join(copy, "package.json"));
  const config = "packages/kit/src/service/config.ts";
  cpSync(join(root, config), join(copy, config));
  cpSync(join(root, "packages/kit/package.json"), join(copy, "packages/kit/package.json"));
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  return { root: copy, remove: () => rmSync(copy, { recursive: true }) };
}
