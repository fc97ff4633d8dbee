import type { Kinds, RenderedKind } from "./kinds.ts";
import { ofKind } from "./kinds.ts";
import type { Rendered } from "./manifest.ts";
import { environmentOf, environmentsOf, type Tree } from "./tree.ts";

/** Objects that stand in a cluster together and may name each other. */
export interface Scope {
  /** The environment's name, or the folder of what is applied by itself. */
  readonly name: string;
  readonly objects: readonly Rendered[];
}

/** The environments, each with all of its leaves, and everything else by the kustomization that renders it. */
export function scopesOf(tree: Tree): Scope[] {
  const others = tree.renders.filter(({ folder, variantOf }) => !environmentOf(folder) && !variantOf);
  return [...environmentsOf(tree), ...others.map(({ folder, objects }) => ({ name: folder, objects }))];
}

/** What is ours of a scope: rules judge it, and look the rest up only. */
export const own = ({ objects }: Scope): Rendered[] => objects.filter(({ isForeign }) => !isForeign);

/** An object by the name that another one calls it by, in that one's namespace. */
export function find<K extends keyof Kinds>(
  { objects }: Scope,
  kind: K,
  name: string | undefined,
  beside: Rendered,
): RenderedKind<K> | undefined {
  return ofKind(objects, kind).find(
    ({ manifest: { metadata } }) =>
      metadata.name === name && metadata.namespace === beside.manifest.metadata.namespace,
  );
}

/** Objects in the same namespace. */
export const besides = (objects: readonly Rendered[], object: Rendered): Rendered[] =>
  objects.filter(({ manifest }) => manifest.metadata.namespace === object.manifest.metadata.namespace);
