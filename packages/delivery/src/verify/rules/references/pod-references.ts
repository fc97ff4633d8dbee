import type { Finding, Rule } from "../../rule.ts";
import { containersOf, type Pods, podsOf } from "../../tree/pods.ts";
import { find, own, type Scope, scopesOf } from "../../tree/scopes.ts";
import type { Tree } from "../../tree/tree.ts";
import { secretKeys } from "./secrets.ts";

interface Reference {
  readonly kind: "ConfigMap" | "Secret";
  readonly name: string;
  /** None when the whole object is taken. */
  readonly keys: readonly string[];
}

export const podReferenceRules: readonly Rule[] = [
  {
    name: "references/config-map",
    because: "A pod that names a ConfigMap or a key that is not there never starts.",
    check: (tree) => eachPods(tree, (pods, scope) => missing("ConfigMap", pods, scope)),
  },
  {
    name: "references/secret",
    because: "A pod that names a Secret or a key that nobody makes never starts.",
    check: (tree) => eachPods(tree, (pods, scope) => missing("Secret", pods, scope)),
  },
  {
    name: "references/service-account",
    because: "A pod without its ServiceAccount is refused, and the mesh knows callers by it.",
    check: (tree) =>
      eachPods(tree, ({ owner, spec }, scope) =>
        spec.serviceAccountName === undefined || find(scope, "ServiceAccount", spec.serviceAccountName, owner)
          ? []
          : [
              {
                object: owner,
                problem: `its pods run as ServiceAccount ${spec.serviceAccountName}, which is not there`,
                mend: "Name a ServiceAccount of the same namespace, or add one.",
              },
            ],
      ),
  },
];

const eachPods = (tree: Tree, check: (pods: Pods, scope: Scope) => Finding[]): Finding[] =>
  scopesOf(tree).flatMap((scope) => podsOf(own(scope)).flatMap((pods) => check(pods, scope)));

function missing(kind: Reference["kind"], pods: Pods, scope: Scope): Finding[] {
  return referencesOf(pods)
    .filter((reference) => reference.kind === kind)
    .flatMap(({ name, keys }) => {
      const there =
        kind === "Secret" ? secretKeys(scope, name, pods.owner) : configMapKeys(scope, name, pods);
      if (!there)
        return [
          {
            object: pods.owner,
            problem: `its pods read ${kind} ${name}, which is not there`,
            mend: `Correct the name, or add ${kind} ${name} to the same namespace.`,
          },
        ];
      return keys
        .filter((key) => !there.includes(key))
        .map((key) => ({
          object: pods.owner,
          problem: `its pods read the key ${key} of ${kind} ${name}, which has only ${there.join(", ")}`,
          mend: "Correct the key here or there.",
        }));
    });
}

function configMapKeys(scope: Scope, name: string, { owner }: Pods): string[] | undefined {
  const map = find(scope, "ConfigMap", name, owner)?.manifest;
  return map && Object.keys({ ...map.data, ...map.binaryData });
}

function referencesOf(pods: Pods): Reference[] {
  const fromEnvironment = containersOf(pods).flatMap(({ env = [], envFrom = [] }) => [
    ...env.flatMap(({ valueFrom }) => [
      ...reference("ConfigMap", valueFrom?.configMapKeyRef?.name, [valueFrom?.configMapKeyRef?.key]),
      ...reference("Secret", valueFrom?.secretKeyRef?.name, [valueFrom?.secretKeyRef?.key]),
    ]),
    ...envFrom.flatMap(({ configMapRef, secretRef }) => [
      ...reference("ConfigMap", configMapRef?.name),
      ...reference("Secret", secretRef?.name),
    ]),
  ]);
  const fromVolumes = (pods.spec.volumes ?? []).flatMap(({ configMap, secret, projected }) => [
    ...reference(
      "ConfigMap",
      configMap?.name,
      configMap?.items?.map(({ key }) => key),
    ),
    // An optional one is there or not, as the environment has it.
    ...reference(
      "Secret",
      secret?.optional ? undefined : secret?.secretName,
      secret?.items?.map(({ key }) => key),
    ),
    ...(projected?.sources ?? []).flatMap((source) => [
      ...reference(
        "ConfigMap",
        source.configMap?.name,
        source.configMap?.items?.map(({ key }) => key),
      ),
      ...reference(
        "Secret",
        source.secret?.name,
        source.secret?.items?.map(({ key }) => key),
      ),
    ]),
  ]);
  return [...fromEnvironment, ...fromVolumes];
}

const reference = (
  kind: Reference["kind"],
  name: string | undefined,
  keys: readonly (string | undefined)[] = [],
): Reference[] => (name ? [{ kind, name, keys: keys.filter((key) => key !== undefined) }] : []);
