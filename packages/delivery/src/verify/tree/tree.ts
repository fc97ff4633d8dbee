import type { Kustomization } from "./kustomization.ts";
import type { Rendered } from "./manifest.ts";
import type { ServiceDeclaration } from "./services.ts";

/** One kustomization that renders by itself. */
export interface Render {
  /** Relative to the repository; "." is the repository itself. */
  readonly folder: string;
  readonly objects: readonly Rendered[];
  /** Kustomize's own words when it refuses. */
  readonly error?: string;
  /** The leaf that this is a variant of: what a demonstration would make of it, when a commit switches it on. */
  readonly variantOf?: string;
  /** The remote base without which it could not be rendered on this machine. */
  readonly missing?: string;
}

/** What runs together: every leaf of `overlays/<name>`. */
export interface Environment {
  readonly name: string;
  readonly objects: readonly Rendered[];
}

/** The repository as the rules see it: data only, so that a test can change one thing in it. */
export interface Tree {
  readonly root: string;
  readonly kustomizations: readonly Kustomization[];
  readonly renders: readonly Render[];
  readonly services: readonly ServiceDeclaration[];
  /** Every file of the delivery folders with its text, by its path relative to the repository. */
  readonly files: ReadonlyMap<string, string>;
  /** Every digest that stood or stands in a service's staging release. */
  readonly stagingDigests: (service: string) => ReadonlySet<string>;
}

const leafPattern = /^overlays\/([^/]+)\//;

/** The environment that a folder belongs to, if it is a leaf of one. */
export const environmentOf = (folder: string): string | undefined => leafPattern.exec(folder)?.[1];

/** The environments, each with all objects that its leaves render; and once more with each variant of a leaf. */
export function environmentsOf({ renders }: Tree): Environment[] {
  const leaves = renders.filter(({ folder, variantOf }) => environmentOf(folder) && !variantOf);
  const byName = Map.groupBy(leaves, ({ folder }) => environmentOf(folder) as string);
  const plain = [...byName].map(([name, all]) => ({ name, objects: objectsOf(all) }));
  const varied = renders.flatMap((variant) => {
    const name = environmentOf(variant.variantOf ?? "");
    if (!name) return [];
    const others = (byName.get(name) ?? []).filter(({ folder }) => folder !== variant.variantOf);
    return [{ name, objects: objectsOf([...others, variant]) }];
  });
  return [...plain, ...varied];
}

const objectsOf = (renders: readonly Render[]): Rendered[] => renders.flatMap(({ objects }) => objects);

/** What is ours of all that is applied. */
export const ownObjects = ({ renders }: Tree): Rendered[] =>
  renders.flatMap(({ objects }) => objects).filter(({ isForeign }) => !isForeign);
