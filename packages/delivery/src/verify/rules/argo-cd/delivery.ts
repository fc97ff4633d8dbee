import { posix } from "node:path";
import type { Finding, Rule } from "../../rule.ts";
import type { Tree } from "../../tree/tree.ts";
import { environmentOf } from "../../tree/tree.ts";
import { applicationsOf, type DeliveredApplication, isDeliverable } from "./applications.ts";

export const applicationRules: readonly Rule[] = [
  {
    name: "argo-cd/path",
    because: "An Application whose folder is not there stays Unknown, and delivers nothing.",
    check: (tree) =>
      applicationsOf(tree).flatMap(({ object, name, sources }) =>
        sources
          .flatMap(({ path, helm }) => [
            ...(path !== undefined && !isDeliverable(tree, path)
              ? [`${path}, which has no kustomization and no chart`]
              : []),
            ...(helm?.valueFiles ?? [])
              .filter((file) => file.startsWith("$"))
              .map((file) => file.slice(file.indexOf("/") + 1))
              .filter((file) => !tree.files.has(file))
              .map((file) => `${file}, which is not there`),
          ])
          .map((what) => ({
            object,
            problem: `Application ${name} takes ${what}`,
            mend: "Correct the path.",
          })),
      ),
  },
  {
    name: "argo-cd/delivered-once",
    because: "A leaf of no Application runs nowhere; two Applications of one leaf undo each other.",
    check: deliveryFindings,
  },
  {
    name: "argo-cd/sync-options",
    because:
      "Each of these options has cost somebody a release; delivery.md and the ApplicationSets say whose.",
    check: (tree) =>
      applicationsOf(tree).flatMap((application) =>
        syncOptionProblems(application).map(([problem, mend]) => ({
          object: application.object,
          problem: `Application ${application.name} ${problem}`,
          mend,
        })),
      ),
  },
];

function deliveryFindings(tree: Tree): Finding[] {
  const takers = Map.groupBy(
    applicationsOf(tree).flatMap(({ name, sources }) =>
      sources.flatMap(({ path }) => (path ? [{ name, path }] : [])),
    ),
    ({ path }) => path,
  );
  // The root is applied by a person; a local cluster is another cluster, and takes its folder by hand.
  const byHand = new Set([".", "apps/local", "argocd/local"]);
  return tree.renders
    .filter(({ folder, variantOf }) => !byHand.has(folder) && !variantOf)
    .flatMap(({ folder }) => {
      const names = (takers.get(folder) ?? []).map(({ name }) => name);
      if (names.length === 1) return [];
      return [
        {
          file: posix.join(folder, "kustomization.yaml"),
          problem:
            names.length === 0
              ? "no Application delivers it, and no other kustomization takes it"
              : `it is delivered by ${names.join(" and ")}`,
          mend: "Let exactly one Application of apps/ take it, or take it out.",
        },
      ];
    });
}

function syncOptionProblems({ sources, syncOptions, isAutomated }: DeliveredApplication): [string, string][] {
  const has = (option: string): boolean => syncOptions.includes(`${option}=true`);
  const isOfTheMall = sources.some(
    ({ path }) => path !== undefined && environmentOf(`${path}/`) !== undefined,
  );
  return [
    ...(has("RespectIgnoreDifferences")
      ? [
          [
            "respects ignored differences, so that routes edited in Git never arrive (argo-cd#17694)",
            "Take RespectIgnoreDifferences out.",
          ] as [string, string],
        ]
      : []),
    ...(isOfTheMall && has("ServerSideApply")
      ? [
          [
            "applies on the server's side, which strips the hashes that Rollouts writes (argo-rollouts#3437)",
            "Leave ServerSideApply to the platform.",
          ] as [string, string],
        ]
      : []),
    ...(isOfTheMall && isAutomated
      ? ["ApplyOutOfSyncOnly", "PruneLast"]
          .filter((option) => !has(option))
          .map((option): [string, string] => [
            `lacks ${option}=true, so that a sync disturbs a canary under way`,
            `Add ${option}=true to its syncOptions.`,
          ])
      : []),
  ];
}
