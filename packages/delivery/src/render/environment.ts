import { existsSync, readdirSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { DeliveryError } from "../delivery-error.ts";
import { renderKustomization } from "./kustomize.ts";

/** A folder under an environment and what it renders to. */
export interface RenderedFolder {
  /** Relative to the repository: `overlays/dev/cart`. */
  readonly folder: string;
  readonly yaml: string;
}

/**
 * What can be rendered of an environment, each an Application of its own in Argo CD: its services, `platform`, and one
 * folder deeper the load tests.
 */
export function foldersOf(root: string, environment: string): string[] {
  const folder = `overlays/${environment}`;
  if (!existsSync(join(root, folder)))
    throw new DeliveryError(`There is no environment "${environment}" in overlays/.`);
  return kustomizationsUnder(root, folder);
}

function kustomizationsUnder(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${folder}/${name}`)
    .toSorted()
    .flatMap((child) =>
      existsSync(join(root, child, "kustomization.yaml")) ? child : kustomizationsUnder(root, child),
    );
}

/** Renders folders of the repository, as many at a time as there are processors, and returns them in the same order. */
export async function renderFolders(root: string, folders: readonly string[]): Promise<RenderedFolder[]> {
  const rendered: RenderedFolder[] = [];
  const waiting = folders.entries();
  async function work(): Promise<void> {
    for (const [index, folder] of waiting)
      rendered[index] = { folder, yaml: await renderKustomization(join(root, folder)) };
  }
  await Promise.all(Array.from({ length: Math.min(cpus().length, folders.length) }, work));
  return rendered;
}
