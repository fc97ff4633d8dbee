import { matchesGlob } from "node:path/posix";
import { ofKind } from "../../tree/kinds.ts";
import { folderOf } from "../../tree/kustomization.ts";
import type { Rendered } from "../../tree/manifest.ts";
import { ownObjects, type Tree } from "../../tree/tree.ts";
import { fillIn } from "./go-template.ts";

/** An Application: written in Git, or made by an ApplicationSet of one of the repository's folders. */
export interface DeliveredApplication {
  readonly object: Rendered;
  readonly name: string;
  readonly project: string;
  readonly sources: readonly Source[];
  readonly namespace: string | undefined;
  readonly server: string | undefined;
  readonly syncOptions: readonly string[];
  readonly isAutomated: boolean;
}

export interface Source {
  readonly repoURL: string;
  readonly path?: string;
  readonly chart?: string;
  readonly ref?: string;
  readonly helm?: { readonly valueFiles?: readonly string[] };
}

interface Template {
  readonly metadata: { readonly name?: string };
  readonly spec: {
    readonly project: string;
    readonly source?: Source;
    readonly sources?: readonly Source[];
    readonly destination: { readonly namespace?: string; readonly server?: string };
    readonly syncPolicy?: { readonly automated?: object; readonly syncOptions?: readonly string[] };
  };
}

export function applicationsOf(tree: Tree): DeliveredApplication[] {
  const objects = ownObjects(tree);
  return [
    ...ofKind(objects, "Application").map((object) =>
      asDelivered(object, object.manifest as unknown as Template),
    ),
    ...ofKind(objects, "ApplicationSet").flatMap((object) => {
      const { generators, template } = object.manifest.spec ?? {};
      const folders = (generators ?? []).flatMap(({ git }) => foldersFor(tree, git?.directories ?? []));
      return folders.map((folder) => asDelivered(object, fillIn(template as unknown as Template, folder)));
    }),
  ];
}

function asDelivered(object: Rendered, { metadata, spec }: Template): DeliveredApplication {
  return {
    object,
    name: metadata.name ?? "",
    project: spec.project,
    sources: [...(spec.sources ?? []), ...(spec.source ? [spec.source] : [])],
    namespace: spec.destination.namespace,
    server: spec.destination.server,
    syncOptions: spec.syncPolicy?.syncOptions ?? [],
    isAutomated: spec.syncPolicy?.automated !== undefined,
  };
}

/** The repository's folders that a Git directory generator takes: every folder that holds a file somewhere. */
function foldersFor({ files }: Tree, patterns: readonly { path: string; exclude?: boolean }[]): string[] {
  const folders = new Set([...files.keys()].flatMap(ancestors));
  const taken = (excluded: boolean, folder: string): boolean =>
    patterns.some(({ path, exclude = false }) => exclude === excluded && matchesGlob(folder, path));
  return [...folders].filter((folder) => taken(false, folder) && !taken(true, folder)).toSorted();
}

function ancestors(file: string): string[] {
  const parts = file.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

/** Whether Argo CD finds something to render in a folder: a kustomization, or a chart. */
export const isDeliverable = ({ kustomizations, files }: Tree, folder: string): boolean =>
  files.has(`${folder}/Chart.yaml`) ||
  kustomizations.some((each) => folderOf(each) === folder && !each.isComponent);
