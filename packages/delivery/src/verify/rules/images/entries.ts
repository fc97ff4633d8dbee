import type { Finding, Rule } from "../../rule.ts";
import {
  basesOf,
  folderOf,
  type ImageEntry,
  imagesOf,
  type Kustomization,
} from "../../tree/kustomization.ts";
import type { Tree } from "../../tree/tree.ts";
import { imagesIn } from "./references.ts";

export const imageEntryRules: readonly Rule[] = [
  {
    name: "images/entry-used",
    because: "Kustomize ignores an image entry that matches nothing: the new version never arrives.",
    check: (tree) =>
      tree.kustomizations.flatMap((kustomization) =>
        imagesOf(kustomization).flatMap((entry) => unusedFindings(tree, kustomization, entry)),
      ),
  },
];

function unusedFindings(
  tree: Tree,
  kustomization: Kustomization,
  { name, newName = name, newTag, digest }: ImageEntry,
): Finding[] {
  const written = `${newName}${newTag ? `:${newTag}` : ""}${digest ? `@${digest}` : ""}`;
  const takers = takersOf(tree, kustomization);
  const isUsed = tree.renders
    .filter(({ folder, missing }) => takers.has(folder) && !missing)
    .some(({ objects }) =>
      imagesIn(objects).some(({ text }) => text === written || text.startsWith(`${written}@`)),
    );
  return isUsed || tree.renders.some(({ folder, missing }) => missing && takers.has(folder))
    ? []
    : [
        {
          file: kustomization.file,
          problem: `nothing that takes it runs an image ${name}`,
          mend: "Correct the entry's name, or take it out.",
        },
      ];
}

/** The folders that take a kustomization, directly or through others, and its own. */
function takersOf({ kustomizations }: Tree, kustomization: Kustomization): Set<string> {
  const takers = new Set([folderOf(kustomization)]);
  for (const taken of takers)
    kustomizations
      .filter((each) => basesOf(each).includes(taken))
      .forEach((each) => takers.add(folderOf(each)));
  return takers;
}
