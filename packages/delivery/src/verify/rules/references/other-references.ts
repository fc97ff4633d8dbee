import type { Finding, Rule } from "../../rule.ts";
import { ofKind } from "../../tree/kinds.ts";
import type { Rendered } from "../../tree/manifest.ts";
import { environmentsOf } from "../../tree/tree.ts";
import { podsOf, selects } from "../../tree/pods.ts";
import { besides, find, own, type Scope, scopesOf } from "../../tree/scopes.ts";
import { isPodOfOperators } from "./operators.ts";

export const otherReferenceRules: readonly Rule[] = [
  {
    name: "references/monitor",
    because:
      "A monitor that selects nothing scrapes nothing: its dashboards are empty and its analyses fail.",
    check: (tree) =>
      // A platform's pods come out of charts, and stand in no scope of ours.
      environmentsOf(tree).flatMap((scope) =>
        ofKind(own(scope), "PodMonitor").flatMap((object) => {
          const { selector, namespaceSelector } = object.manifest.spec ?? {};
          // Pods of other namespaces are not in this scope.
          if (namespaceSelector) return [];
          const isMet =
            podsOf(besides(scope.objects, object)).some(({ labels }) => selects(selector ?? {}, labels)) ||
            isPodOfOperators(scope, selector ?? {});
          return isMet
            ? []
            : [
                {
                  object,
                  problem: "its selector takes no pod",
                  mend: "Select by a label that pods of its namespace carry.",
                },
              ];
        }),
      ),
  },
  {
    name: "references/role",
    because:
      "A binding to a role or an account that is not there grants nothing, and the task that needs it fails.",
    check: (tree) =>
      scopesOf(tree).flatMap((scope) =>
        ofKind(own(scope), "RoleBinding").flatMap((object) => bindingFindings(object, scope)),
      ),
  },
];

function bindingFindings(object: ReturnType<typeof ofKind<"RoleBinding">>[number], scope: Scope): Finding[] {
  const { roleRef, subjects = [] } = object.manifest;
  const isThere = (kind: string, name: string): boolean =>
    besides(scope.objects, object).some(
      ({ manifest }: Rendered) => manifest.kind === kind && manifest.metadata.name === name,
    );
  return [
    ...(roleRef.kind === "Role" && !isThere("Role", roleRef.name)
      ? [`there is no Role ${roleRef.name}`]
      : []),
    ...subjects
      .filter(
        ({ kind, namespace = object.manifest.metadata.namespace }) =>
          kind === "ServiceAccount" && namespace === object.manifest.metadata.namespace,
      )
      .filter(({ name }) => !find(scope, "ServiceAccount", name, object))
      .map(({ name }) => `there is no ServiceAccount ${name}`),
  ].map((problem) => ({ object, problem, mend: "Name what stands in the same namespace." }));
}
