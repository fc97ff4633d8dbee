import { parseAllDocuments } from "yaml";
import { basesOf } from "../../tree/kustomization.ts";
import { isObject, type Manifest } from "../../tree/manifest.ts";
import type { Tree } from "../../tree/tree.ts";

/** Files that a kustomization lists under `resources`, with what they hold. */
export function resourceFiles({ kustomizations, files }: Tree): { file: string; manifests: Manifest[] }[] {
  const listed = new Set(kustomizations.flatMap(basesOf).filter((path) => files.has(path)));
  return [...listed].map((file) => ({
    file,
    manifests: parseAllDocuments(files.get(file) ?? "")
      .map((document): unknown => document.toJS())
      .filter((content) => isObject(content) && typeof content["kind"] === "string") as unknown as Manifest[],
  }));
}
