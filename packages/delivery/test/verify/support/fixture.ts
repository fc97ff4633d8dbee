import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { matchesGlob } from "node:path/posix";
import { parse } from "yaml";
import { kustomizationsAmong } from "../../../src/verify/tree/read-files.ts";
import { nameOf, type Manifest } from "../../../src/verify/tree/manifest.ts";
import type { Tree } from "../../../src/verify/tree/tree.ts";
import { notRendered } from "../../../src/verify/verify.ts";

/** A key, an index, or `{key: value}`: the first item of a list that has the key (with that value, when there is one). */
type Step = string | number | Record<string, unknown>;

/** One mistake in what the repository renders, and what a rule must say of it. */
export interface Fixture {
  readonly rule: string;
  /** The folder that renders the object, and the object: `Rollout/cart`; `*` for the hash at a name's end. */
  readonly in?: string;
  readonly object?: string;
  /** Where in the object, or nowhere: then the whole object is taken away, or `add`ed. */
  readonly at?: readonly Step[];
  /** What stands there instead; without it the field is taken away. */
  readonly to?: unknown;
  /** A manifest more in the folder. */
  readonly add?: Manifest;
  /** A file that is changed, or that is there without belonging. */
  readonly file?: string;
  readonly replace?: string;
  readonly with?: string;
  readonly text?: string;
  /** Kustomize's words when it refuses the folder. */
  readonly refused?: string;
  /** What the violation is to name, besides the rule. */
  readonly names: string;
  readonly says: string;
}

const folder = join(import.meta.dirname, "../fixtures");

/** Every fixture, by the group of its rule. */
export const fixtureGroups: readonly [string, readonly Fixture[]][] = readdirSync(folder).map((file) => [
  basename(file, ".yaml"),
  parse(readFileSync(join(folder, file), "utf8")) as Fixture[],
]);

/** The tree with the fixture's mistake in it. Throws when there is nothing to be mistaken in any more. */
export function withMistake(tree: Tree, fixture: Fixture): Tree {
  if (fixture.file !== undefined) return withFile(tree, fixture);
  const { refused } = fixture;
  if (refused !== undefined)
    return {
      ...tree,
      renders: tree.renders.map((each) => (each.folder === fixture.in ? { ...each, error: refused } : each)),
    };
  const { folder: unrendered, missing } = tree.renders.find((each) => each.folder === fixture.in) ?? {};
  if (unrendered !== undefined && missing !== undefined) throw new Error(notRendered(unrendered, missing));
  let found = false;
  const renders = tree.renders.map((render) => {
    if (render.folder !== fixture.in || render.variantOf) return render;
    found ||= fixture.add !== undefined;
    const objects = render.objects.flatMap((object) => {
      if (!matchesGlob(nameOf(object), fixture.object ?? "")) return [object];
      found = true;
      return fixture.at ? [{ ...object, manifest: changed(object.manifest, fixture.at, fixture.to) }] : [];
    });
    const added = fixture.add
      ? [
          {
            manifest: fixture.add,
            file: `${render.folder}/added.yaml`,
            folder: render.folder,
            isForeign: false,
          },
        ]
      : [];
    return { ...render, objects: [...objects, ...added] };
  });
  if (!found)
    throw new Error(`${fixture.in} renders no ${fixture.object}: correct the fixture of ${fixture.rule}`);
  return { ...tree, renders };
}

function changed(manifest: Manifest, path: readonly Step[], value: unknown): Manifest {
  const copy = structuredClone(manifest);
  const [last, ...before] = path.toReversed();
  const parent = before.toReversed().reduce<unknown>(stepInto, copy) as Record<string, unknown>;
  const key = keyOf(parent, last as Step);
  if (value === undefined && parent[key] === undefined)
    throw new Error(`nothing stands at ${JSON.stringify(path)}`);
  if (value === undefined && Array.isArray(parent)) parent.splice(Number(key), 1);
  else if (value === undefined) delete parent[key];
  else parent[key] = value;
  return copy;
}

function stepInto(node: unknown, step: Step): unknown {
  const child = (node as Record<string, unknown>)[keyOf(node, step)];
  if (typeof child !== "object" || child === null)
    throw new Error(`nothing stands at ${JSON.stringify(step)}`);
  return child;
}

function keyOf(node: unknown, step: Step): string {
  if (typeof step !== "object") return String(step);
  const [[key, value] = ["", null]] = Object.entries(step);
  const index = (node as Record<string, unknown>[]).findIndex(
    (item) => key in item && (value === null || item[key] === value),
  );
  if (index < 0) throw new Error(`no item has ${JSON.stringify(step)}`);
  return String(index);
}

function withFile(
  tree: Tree,
  { rule, file = "", text, replace = "", with: replacement = "" }: Fixture,
): Tree {
  const before = tree.files.get(file);
  const after = text ?? before?.replace(replace, replacement);
  if (after === undefined || after === before)
    throw new Error(`${file} has no "${replace}": correct the fixture of ${rule}`);
  const files = new Map([...tree.files, [file, after]]);
  return { ...tree, files, kustomizations: kustomizationsAmong(files) };
}
