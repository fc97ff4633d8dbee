import type { Finding, Rule } from "../rule.ts";
import { ofKind } from "../tree/kinds.ts";
import type { Rendered } from "../tree/manifest.ts";
import { podsOf } from "../tree/pods.ts";
import { environmentOf, ownObjects, type Tree } from "../tree/tree.ts";

const label = (name: string): string => `app.kubernetes.io/${name}`;

export const labelRules: readonly Rule[] = [
  {
    name: "labels/part-of",
    because: "Kiali, the dashboards and people find what belongs together by app.kubernetes.io/part-of.",
    check: (tree) =>
      ownObjects(tree)
        .filter(({ folder }) => environmentOf(folder))
        .filter(({ manifest }) => manifest.metadata.labels?.[label("part-of")] !== "shopping-mall")
        .map((object) => ({
          object,
          problem: `it lacks the label ${label("part-of")}: shopping-mall`,
          mend: "Add it.",
        })),
  },
  {
    name: "labels/pods",
    because: "Policies, dashboards and Kiali know pods by name and component.",
    check: (tree) =>
      podsOf(ownObjects(tree))
        .filter(({ owner }) => environmentOf(owner.folder))
        .flatMap(({ owner, labels }) =>
          ["name", "part-of", "component"]
            .filter((name) => !labels[label(name)])
            .map((name) => ({
              object: owner,
              problem: `its pods lack the label ${label(name)}`,
              mend: "Add it to the pod template.",
            })),
        ),
  },
  {
    name: "labels/selector-by-name",
    because:
      "A selector cannot change: one that takes the version or the environment stops the next release.",
    check: selectorFindings,
  },
  {
    name: "labels/names",
    because:
      "DNS takes lower case letters, digits and hyphens, and the services call each other by these names.",
    check: (tree) =>
      ownObjects(tree)
        .filter(({ manifest }) => !/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(manifest.metadata.name))
        .map((object) => ({
          object,
          problem: "its name is no name for DNS",
          mend: "Use lower case letters, digits and hyphens.",
        })),
  },
];

function selectorFindings(tree: Tree): Finding[] {
  const objects = ownObjects(tree).filter(({ folder }) => environmentOf(folder));
  const selectors: [Rendered, Record<string, string> | undefined][] = [
    ...(["Rollout", "Deployment", "StatefulSet", "PodDisruptionBudget"] as const).flatMap((kind) =>
      ofKind(objects, kind).map((object): [Rendered, Record<string, string> | undefined] => [
        object,
        object.manifest.spec?.selector?.matchLabels,
      ]),
    ),
    ...ofKind(objects, "Service").map((object): [Rendered, Record<string, string> | undefined] => [
      object,
      object.manifest.spec?.selector,
    ]),
  ];
  return selectors.flatMap(([object, selector = {}]) =>
    Object.keys(selector)
      .filter((name) => name !== label("name"))
      .map((name) => ({
        object,
        problem: `it selects by ${name}`,
        mend: `Select by ${label("name")} alone.`,
      })),
  );
}
