import type { Finding, Rule } from "../../rule.ts";
import { ofKind, type RenderedKind } from "../../tree/kinds.ts";
import { nameOf } from "../../tree/manifest.ts";
import { containersOf, podsOf } from "../../tree/pods.ts";
import { besides, own, type Scope, scopesOf } from "../../tree/scopes.ts";

export const autoscalerRule: Rule = {
  name: "references/autoscaler-target",
  because: "An autoscaler without its target, or that looks at a container which is not there, never scales.",
  check: (tree) =>
    scopesOf(tree).flatMap((scope) =>
      ofKind(own(scope), "HorizontalPodAutoscaler").flatMap((object) => autoscalerFindings(object, scope)),
    ),
};

function autoscalerFindings(object: RenderedKind<"HorizontalPodAutoscaler">, scope: Scope): Finding[] {
  const { scaleTargetRef: wanted, metrics = [] } = object.manifest.spec ?? {};
  const target = besides(scope.objects, object).find(
    ({ manifest }) =>
      manifest.kind === wanted?.kind &&
      manifest.apiVersion === wanted.apiVersion &&
      manifest.metadata.name === wanted.name,
  );
  if (!target)
    return [
      {
        object,
        problem: `it scales ${wanted?.kind ?? "?"}/${wanted?.name ?? "?"}, which is not there`,
        mend: "Name a workload of the same namespace, with its apiVersion.",
      },
    ];
  const containers = podsOf([target])
    .flatMap(containersOf)
    .map(({ name }) => name);
  return metrics
    .flatMap(({ containerResource }) => containerResource?.container ?? [])
    .filter((name) => !containers.includes(name))
    .map((name) => ({
      object,
      problem: `it looks at container ${name}, which ${nameOf(target)} has not`,
      mend: `Name one that is there: ${containers.join(", ")}.`,
    }));
}
