import type { Finding, Rule } from "../../rule.ts";
import { ofKind } from "../../tree/kinds.ts";
import type { Rendered } from "../../tree/manifest.ts";
import { containersOf, type Pods, podsOf, selects } from "../../tree/pods.ts";
import { besides, own, type Scope, scopesOf } from "../../tree/scopes.ts";
import { isPodOfOperators } from "./operators.ts";
import { ownObjects, type Tree } from "../../tree/tree.ts";

export const selectorRules: readonly Rule[] = [
  {
    name: "references/service-selector",
    because: "A Service that selects no pod has no endpoints, and every call to it fails.",
    check: (tree) =>
      eachScope(tree, (scope, objects) =>
        ofKind(objects, "Service").flatMap((service) => {
          const selector = service.manifest.spec?.selector;
          if (!selector) return []; // an ExternalName, or endpoints of its own
          return whenNothing(podsSelected(scope, service, { matchLabels: selector }), service);
        }),
      ),
  },
  {
    name: "references/target-port",
    because: "A Service that forwards to a port without a name of that kind answers nothing.",
    check: (tree) => eachScope(tree, targetPortFindings),
  },
  {
    name: "references/disruption-budget",
    because: "A PodDisruptionBudget that selects no pod protects nothing.",
    check: (tree) =>
      eachScope(tree, (scope, objects) =>
        ofKind(objects, "PodDisruptionBudget").flatMap((budget) =>
          whenNothing(podsSelected(scope, budget, budget.manifest.spec?.selector ?? {}), budget),
        ),
      ),
  },
  {
    name: "references/policy-selector",
    because: "A policy that selects no pod in any environment protects nothing, and nobody notices.",
    check: (tree) => {
      const findings = eachScope(tree, policyFindings);
      const useless = Map.groupBy(findings, ({ object }) => object?.file);
      const there = Map.groupBy(ownObjects(tree), ({ file }) => file);
      return findings.filter(
        ({ object }) => useless.get(object?.file)?.length === there.get(object?.file ?? "")?.length,
      );
    },
  },
];

const eachScope = (tree: Tree, check: (scope: Scope, objects: Rendered[]) => Finding[]): Finding[] =>
  scopesOf(tree).flatMap((scope) => check(scope, own(scope)));

type Selector = Parameters<typeof selects>[0];

const podsSelected = (scope: Scope, object: Rendered, selector: Selector): Pods[] =>
  podsOf(besides(scope.objects, object)).filter(({ labels }) => selects(selector, labels));

const whenNothing = (pods: readonly Pods[], object: Rendered): Finding[] =>
  pods.length > 0
    ? []
    : [
        {
          object,
          problem: "its selector takes no pod",
          mend: "Select by a label that a pod template of the same namespace carries.",
        },
      ];

function targetPortFindings(scope: Scope, objects: Rendered[]): Finding[] {
  return ofKind(objects, "Service").flatMap((service) => {
    const { selector, ports = [] } = service.manifest.spec ?? {};
    if (!selector) return [];
    const selected = podsSelected(scope, service, { matchLabels: selector });
    return ports.flatMap(({ port, targetPort = port }) =>
      selected
        .filter((pods) => !portsOf(pods).has(targetPort))
        .map(({ owner }) => ({
          object: service,
          problem: `its port ${port} goes to ${targetPort}, which no container of ${owner.manifest.kind}/${owner.manifest.metadata.name} has`,
          mend: "Name a container's port, by its name rather than its number.",
        })),
    );
  });
}

const portsOf = (pods: Pods): Set<string | number> =>
  new Set(
    containersOf(pods).flatMap(({ ports = [] }) =>
      ports.flatMap(({ name, containerPort }) => (name ? [name, containerPort] : [containerPort])),
    ),
  );

function policyFindings(scope: Scope, objects: Rendered[]): Finding[] {
  const selectors = [
    ...ofKind(objects, "NetworkPolicy").map((object) => ({
      object,
      selector: object.manifest.spec?.podSelector ?? {},
    })),
    ...ofKind(objects, "AuthorizationPolicy").map((object) => ({
      object,
      selector: { matchLabels: object.manifest.spec?.selector?.matchLabels },
    })),
  ];
  return (
    selectors
      .filter(({ selector }) => Object.keys({ ...selector.matchLabels }).length > 0)
      // A label that says what others make the pods is not ours to find.
      .filter(
        ({ object, selector }) =>
          podsSelected(scope, object, selector).length === 0 && !isPodOfOperators(scope, selector),
      )
      .flatMap(({ object }) => whenNothing([], object))
  );
}
