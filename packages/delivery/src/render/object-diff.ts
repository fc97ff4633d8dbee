import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { attemptGit } from "../git/git.ts";
import { foldersOf, renderFolders } from "./environment.ts";
import { objectsIn } from "./objects.ts";

export interface ObjectDiff {
  /** The folder that renders it: `overlays/dev/cart`. */
  readonly folder: string;
  /** "Rollout mall-dev/cart" */
  readonly object: string;
  readonly change: "added" | "removed" | "changed";
  /** Unified, with three lines around each change. */
  readonly diff: string;
}

/** What would change in the clusters if `after` were deployed where `before` is, object by object. */
export async function diffTrees(
  before: string,
  after: string,
  environments: readonly string[],
): Promise<ObjectDiff[]> {
  const [old, young] = [await objectsOf(before, environments), await objectsOf(after, environments)];
  const keys = [...new Set([...old.keys(), ...young.keys()])].filter(
    (key) => old.get(key) !== young.get(key),
  );
  return Promise.all(
    keys.toSorted().map(async (key) => {
      const [folder = "", object = ""] = key.split("\0");
      const [one, other] = [old.get(key), young.get(key)];
      const change = one === undefined ? "added" : other === undefined ? "removed" : "changed";
      return { folder, object, change, diff: await unifiedDiff(one ?? "", other ?? "") };
    }),
  );
}

async function objectsOf(root: string, environments: readonly string[]): Promise<Map<string, string>> {
  const there = environments.filter((name) => existsSync(join(root, "overlays", name)));
  const rendered = await renderFolders(
    root,
    there.flatMap((name) => foldersOf(root, name)),
  );
  return new Map(
    rendered.flatMap(({ folder, yaml }) =>
      objectsIn(yaml).map((object) => [`${folder}\0${object.name}`, object.yaml]),
    ),
  );
}

async function unifiedDiff(before: string, after: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "mall-diff-"));
  try {
    for (const [name, text] of [
      ["a", before],
      ["b", after],
    ] as const) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    const { stdout } = await attemptGit(folder, [
      "diff",
      "--no-index",
      "--no-color",
      "--no-ext-diff",
      "a",
      "b",
    ]);
    return stdout.slice(Math.max(0, stdout.indexOf("@@")));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
