import type { Finding, Rule } from "../../rule.ts";
import { ofKind } from "../../tree/kinds.ts";
import type { Rendered } from "../../tree/manifest.ts";
import { environmentOf, ownObjects, type Tree } from "../../tree/tree.ts";
import { canaryOf } from "../canary/rollouts.ts";

export const argoCdSafetyRules: readonly Rule[] = [
  {
    name: "argo-cd/data-outlives-git",
    because: "A database that a commit can delete is lost by one wrong merge.",
    check: (tree) =>
      lacking(tree, ["Cluster", "Database", "PersistentVolumeClaim"], "argocd.argoproj.io/sync-options", [
        "Prune=false",
        "Delete=false",
      ]),
  },
  {
    name: "argo-cd/namespace-first",
    because:
      "Pods that come before their namespace's injection label have no sidecar; with the namespace everything goes.",
    check: (tree) =>
      mallNamespaces(tree).flatMap((object) => {
        const { annotations = {} } = object.manifest.metadata;
        const options = annotations["argocd.argoproj.io/sync-options"]?.split(",") ?? [];
        const wave = Number(object.manifest.metadata.annotations?.["argocd.argoproj.io/sync-wave"] ?? 0);
        const holdsServices = hasRollouts(tree, object);
        const isInjected = object.manifest.metadata.labels?.["istio-injection"] === "enabled";
        return [
          ...(wave <= -10 ? [] : [`it comes in wave ${wave}`]),
          ...(isInjected || !holdsServices ? [] : ["its pods get no sidecar"]),
          ...(holdsServices && !(options.includes("Prune=confirm") && options.includes("Delete=confirm"))
            ? ["a commit can delete it"]
            : []),
        ].map((problem) => ({
          object,
          problem,
          mend: "Give it sync-wave -10, the label istio-injection: enabled, and the sync options Prune=confirm,Delete=confirm.",
        }));
      }),
  },
  {
    name: "argo-cd/hooks-run-again",
    because:
      "A finished Job or TestRun that is applied again does nothing: the next sync would migrate or test nothing.",
    check: (tree) =>
      ownObjects(tree)
        .filter(({ folder, manifest }) => environmentOf(folder) && ["Job", "TestRun"].includes(manifest.kind))
        .filter(({ manifest: { metadata } }) => {
          const { annotations = {} } = metadata;
          return (
            !annotations["argocd.argoproj.io/hook"] ||
            !annotations["argocd.argoproj.io/hook-delete-policy"]?.includes("BeforeHookCreation")
          );
        })
        .map((object) => ({
          object,
          problem: "it is applied once and never again",
          mend: "Make it a hook: argocd.argoproj.io/hook: Sync, with hook-delete-policy: BeforeHookCreation.",
        })),
  },
  {
    name: "argo-cd/managed-routes-ignored",
    because: "Self-heal takes a canary's header route away within seconds, unless it is ignored by name.",
    check: managedRouteFindings,
  },
  {
    name: "argo-cd/rollouts-writes",
    because:
      "A release that changes a DestinationRule makes Argo CD write it anew, without the hashes of the canary under way.",
    check: (tree) =>
      ownObjects(tree)
        .filter(({ manifest }) => ["DestinationRule", "VirtualService", "Service"].includes(manifest.kind))
        .filter(({ manifest }) => manifest.metadata.labels?.["app.kubernetes.io/version"] !== undefined)
        .map((object) => ({
          object,
          problem: "it carries the version label, which changes with every release",
          mend: "Let ./release label pod templates only (base/components/service/kustomize-rollout.yaml).",
        })),
  },
];

function lacking(
  tree: Tree,
  kinds: readonly string[],
  annotation: string,
  options: readonly string[],
): Finding[] {
  return ownObjects(tree)
    .filter(({ manifest }) => kinds.includes(manifest.kind))
    .flatMap((object) => {
      const given = object.manifest.metadata.annotations?.[annotation]?.split(",") ?? [];
      const missing = options.filter((option) => !given.includes(option));
      return missing.length === 0
        ? []
        : [
            {
              object,
              problem: `it lacks ${missing.join(",")}`,
              mend: `Add it to the annotation ${annotation}.`,
            },
          ];
    });
}

const mallNamespaces = (tree: Tree): Rendered[] =>
  ownObjects(tree).filter(({ manifest, folder }) => manifest.kind === "Namespace" && environmentOf(folder));

const hasRollouts = (tree: Tree, { manifest }: Rendered): boolean =>
  ofKind(ownObjects(tree), "Rollout").some(
    (rollout) => rollout.manifest.metadata.namespace === manifest.metadata.name,
  );

function managedRouteFindings(tree: Tree): Finding[] {
  const file = "argocd/config/diff/virtual-service.yaml";
  const ignored = tree.files.get(file) ?? "";
  const managed = ofKind(ownObjects(tree), "Rollout").flatMap((rollout) =>
    (canaryOf(rollout)?.trafficRouting?.managedRoutes ?? []).map(({ name }) => name),
  );
  return [...new Set(managed)]
    .filter((name) => !ignored.includes(`"${name}"`))
    .map((name) => ({
      file,
      problem: `the route ${name}, which Rollouts manages, is not ignored`,
      mend: `Add .spec.http[]? | select(.name == "${name}").`,
    }));
}
