import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { parseDocument } from "yaml";
import { DeliveryError } from "../../delivery-error.ts";
import type { Kustomization } from "./kustomization.ts";
import { isObject } from "./manifest.ts";

// What Argo CD reads from the repository, and what speaks of the same versions.
const delivered = ["kustomization.yaml", "{base,overlays,argocd,apps}/**/*", "docs/*.md", "tools/*/go.mod"];

/** Every file that is delivered, with its text, by its path relative to the repository. */
export function readFiles(root: string): Map<string, string> {
  const entries = globSync(delivered, { cwd: root, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name)).toSorted();
  return new Map(
    paths.map((path) => [
      path.slice(join(root, sep).length).replaceAll(sep, "/"),
      readFileSync(path, "utf8"),
    ]),
  );
}

/** The kustomizations among the files. Throws a DeliveryError for one that is no YAML object. */
export function kustomizationsAmong(files: ReadonlyMap<string, string>): Kustomization[] {
  return [...files].flatMap(([file, text]) => {
    if (!/(^|\/)kustomization\.ya?ml$/.test(file)) return [];
    const document = parseDocument(text);
    const [error] = document.errors;
    const content: unknown = error ? undefined : document.toJS();
    if (!isObject(content))
      throw new DeliveryError(`${file} is not a kustomization: ${error?.message ?? "it is no object"}.`);
    return [{ file, isComponent: content["kind"] === "Component", content }];
  });
}
