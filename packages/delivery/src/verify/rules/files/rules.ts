import { posix } from "node:path";
import type { Rule } from "../../rule.ts";
import { basesOf, folderOf } from "../../tree/kustomization.ts";
import { resourceFiles } from "./resource-files.ts";

export const fileRules: readonly Rule[] = [
  {
    name: "files/renders",
    because: "What Kustomize refuses, Argo CD cannot deliver.",
    check: ({ renders }) =>
      renders.flatMap(({ folder, error }) =>
        error
          ? [
              {
                file: posix.join(folder, "kustomization.yaml"),
                problem: `it does not render: ${error}`,
                mend: "Correct what Kustomize names.",
              },
            ]
          : [],
      ),
  },
  {
    name: "files/component-used",
    because: "A Component that nobody takes is dead text that people keep up to date.",
    check: (tree) => {
      const taken = new Set(tree.kustomizations.flatMap(basesOf));
      const tried = new Set(tree.renders.filter(({ variantOf }) => variantOf).map(({ folder }) => folder));
      return tree.kustomizations
        .filter((each) => each.isComponent && !taken.has(folderOf(each)) && !tried.has(folderOf(each)))
        .map(({ file }) => ({
          file,
          problem: "no kustomization takes this Component",
          mend: "Take it, or take it out.",
        }));
    },
  },
  {
    name: "files/one-resource",
    because: "One resource per file is how people find the one that they look for.",
    check: (tree) =>
      resourceFiles(tree).flatMap(({ file, manifests }) =>
        manifests.length > 1
          ? [
              {
                file,
                problem: `it holds ${manifests.length} resources`,
                mend: "Give each a file of its own, named by its kind.",
              },
            ]
          : [],
      ),
  },
  {
    name: "files/named-by-kind",
    because: "A newcomer finds rollout.yaml with one guess.",
    check: (tree) =>
      resourceFiles(tree).flatMap(({ file, manifests: [manifest] }) => {
        if (!manifest) return [];
        const name = posix.basename(file, ".yaml");
        const kind = kebab(manifest.kind);
        return name === kind || name.endsWith(`-${kind}`)
          ? []
          : [
              {
                file,
                problem: `it holds a ${manifest.kind}`,
                mend: `Name it ${kind}.yaml, or <name>-${kind}.yaml where there are several.`,
              },
            ];
      }),
  },
  {
    name: "files/one-screen",
    because: "A kustomization is a list of contents; what does not fit on one screen is nobody's list.",
    check: ({ kustomizations, files }) =>
      kustomizations
        .map(({ file }) => ({ file, lines: (files.get(file) ?? "").trimEnd().split("\n").length }))
        .filter(({ lines }) => lines > screen)
        .map(({ file, lines }) => ({
          file,
          problem: `it has ${lines} lines`,
          mend: `Move patches and lists into files of their own: ${screen} fit on a screen.`,
        })),
  },
];

/** Lines of a large terminal. */
const screen = 60;

/** `ServiceAccount` as file names have it. */
const kebab = (kind: string): string =>
  kind.replaceAll(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, "-").toLowerCase();
