import { join, posix, relative, sep } from "node:path";
import { parseAllDocuments } from "yaml";
import { isObject, type Manifest, type Rendered } from "./manifest.ts";
import type { Workspace } from "./workspace.ts";

const ORIGIN = "config.kubernetes.io/origin";

interface Context {
  folder: string;
  wrapper: string;
  workspace: Workspace;
}

/** The objects in what Kustomize printed. */
export function readObjects(yaml: string, context: Context): Rendered[] {
  // Kinds that others define are thousands of lines each, and nothing here reads them.
  const own = yaml.split(/^---$/m).filter((text) => !/^kind: CustomResourceDefinition$/m.test(text));
  // Kustomize wrote it: nobody needs to be told where it is wrong.
  const options = { prettyErrors: false, uniqueKeys: false };
  return parseAllDocuments(own.join("---\n"), options).flatMap((document) => {
    const content: unknown = document.toJS();
    return isObject(content) ? [traced(content as unknown as Manifest, context)] : [];
  });
}

/** Takes the annotation that Kustomize added off the object again, so that rules see what Argo CD would apply. */
function traced(manifest: Manifest, context: Context): Rendered {
  const { annotations = {}, ...metadata } = manifest.metadata;
  const { [ORIGIN]: origin = "", ...others } = annotations;
  const own = Object.keys(others).length > 0 ? { ...metadata, annotations: others } : metadata;
  return { manifest: { ...manifest, metadata: own }, folder: context.folder, ...placeOf(origin, context) };
}

function placeOf(
  origin: string,
  { folder, wrapper, workspace }: Context,
): Pick<Rendered, "file" | "isForeign"> {
  const written = /^(?:path|configuredIn): (.+)$/m.exec(origin)?.[1];
  if (!written) return { file: posix.join(folder, "kustomization.yaml"), isForeign: false };
  const place = join(wrapper, written);
  const inside = relative(workspace.folder, place).replaceAll(sep, "/");
  if (!inside.startsWith("..")) return { file: inside, isForeign: false };
  const standIn = [...workspace.standIns].find(([copy]) => place.startsWith(copy));
  return { file: standIn?.[1] ?? posix.join(folder, "kustomization.yaml"), isForeign: true };
}
