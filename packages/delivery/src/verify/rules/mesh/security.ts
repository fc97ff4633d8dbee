import type { Finding, Rule } from "../../rule.ts";
import { ofKind } from "../../tree/kinds.ts";
import { type Environment, environmentsOf, type Tree } from "../../tree/tree.ts";

export const meshSecurityRules: readonly Rule[] = [
  {
    name: "mesh/strict-mtls",
    because: "Without strict mTLS a caller without an identity is let in, and no AuthorizationPolicy holds.",
    check: (tree) =>
      eachNamespace(tree, (namespace, environment) => {
        const policies = ofKind(environment.objects, "PeerAuthentication").filter(
          ({ manifest }) => manifest.metadata.namespace === namespace,
        );
        const isStrict = policies.some(
          ({ manifest: { spec } }) => spec?.mtls?.mode === "STRICT" && !spec.selector,
        );
        const lax = policies.filter(({ manifest: { spec } }) =>
          [spec?.mtls, ...Object.values(spec?.portLevelMtls ?? {})].some(
            (mtls) => mtls !== undefined && mtls.mode !== "STRICT",
          ),
        );
        return [
          ...(isStrict
            ? []
            : [
                {
                  file: `overlays/${environment.name}/platform/kustomization.yaml`,
                  problem: `namespace ${namespace} has no PeerAuthentication that makes mTLS strict for all of it`,
                  mend: "Take base/mesh into the environment's platform.",
                },
              ]),
          ...lax.map((object) => ({
            object,
            problem: "it lets plaintext in",
            mend: "Make its mode STRICT, on every port.",
          })),
        ];
      }),
  },
  {
    name: "mesh/deny-by-default",
    because:
      "Only what a policy names may call: without a policy that names nobody, whoever has none is open to all.",
    check: (tree) =>
      eachNamespace(tree, (namespace, environment) => {
        const inside = environment.objects.filter(
          ({ manifest }) => manifest.metadata.namespace === namespace,
        );
        const isClosed = ofKind(inside, "AuthorizationPolicy").some(
          ({ manifest: { spec } }) =>
            !spec?.selector && !spec?.rules && (spec?.action ?? "ALLOW") === "ALLOW",
        );
        const isWalled = ofKind(inside, "NetworkPolicy").some(
          ({ manifest: { spec } }) =>
            Object.keys(spec?.podSelector ?? {}).length === 0 &&
            (["Ingress", "Egress"] as const).every((type) => spec?.policyTypes?.includes(type)) &&
            !spec?.ingress &&
            !spec?.egress,
        );
        return [
          [isClosed, "AuthorizationPolicy"],
          [isWalled, "NetworkPolicy"],
        ].flatMap(([isThere, kind]) =>
          isThere
            ? []
            : [
                {
                  file: `overlays/${environment.name}/platform/kustomization.yaml`,
                  problem: `namespace ${namespace} has no ${String(kind)} that denies what no other one allows`,
                  mend: "Take base/mesh into the environment's platform.",
                },
              ],
        );
      }),
  },
];

/** The namespaces in which Rollouts stand: those are in the mesh. */
function eachNamespace(
  tree: Tree,
  check: (namespace: string, environment: Environment) => Finding[],
): Finding[] {
  return environmentsOf(tree).flatMap((environment) => {
    const namespaces = ofKind(environment.objects, "Rollout").map(
      ({ manifest }) => manifest.metadata.namespace ?? "default",
    );
    return [...new Set(namespaces)].flatMap((namespace) => check(namespace, environment));
  });
}
