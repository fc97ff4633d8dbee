import type { IContainer } from "kubernetes-models/v1/Container";
import type { Finding, Rule } from "../../rule.ts";
import { ofKind } from "../../tree/kinds.ts";
import type { Rendered } from "../../tree/manifest.ts";
import { containersOf, type Pods, podsOf } from "../../tree/pods.ts";
import { environmentOf, ownObjects, type Tree } from "../../tree/tree.ts";

/** The Pod Security Standard "restricted", and what kube-linter and kube-score ask for besides. */
export const podSecurityRules: readonly Rule[] = [
  {
    name: "pods/non-root",
    because: "A process that is root in its container is root on the node after one mistake in the kernel.",
    check: (tree) =>
      eachContainer(tree, ({ runAsNonRoot, runAsUser }) =>
        runAsNonRoot === true && (runAsUser ?? 0) > 0
          ? undefined
          : {
              problem: "may run as root",
              mend: "Set runAsNonRoot: true and a numeric runAsUser, which the kubelet can check.",
            },
      ),
  },
  {
    name: "pods/restricted",
    because: "A namespace that enforces the restricted standard refuses the pod.",
    check: (tree) =>
      eachContainer(tree, (context) => {
        const lacking = [
          context.allowPrivilegeEscalation === false ? [] : ["allowPrivilegeEscalation: false"],
          context.capabilities?.drop?.includes("ALL") ? [] : ["capabilities.drop: [ALL]"],
          ["RuntimeDefault", "Localhost"].includes(context.seccompProfile?.type ?? "")
            ? []
            : ["seccompProfile: {type: RuntimeDefault}"],
          context.privileged || context.capabilities?.add?.length
            ? ["no privileges and no added capabilities"]
            : [],
        ].flat();
        return lacking.length === 0
          ? undefined
          : { problem: `lacks ${lacking.join(", ")}`, mend: "Write it into the securityContext." };
      }),
  },
  {
    name: "pods/read-only-root",
    because: "What an intruder cannot write down does not survive in the container.",
    check: (tree) =>
      eachContainer(tree, ({ readOnlyRootFilesystem }) =>
        readOnlyRootFilesystem === true
          ? undefined
          : {
              problem: "may write to its image's files",
              mend: "Set readOnlyRootFilesystem: true, and mount an emptyDir where it writes.",
            },
      ),
  },
  {
    name: "pods/no-token",
    because: "A token of the cluster's API in a pod that does not call it is a gift to whoever gets in.",
    check: (tree) =>
      eachPods(tree, ({ owner, spec }) => {
        const { automountServiceAccountToken: mounts, serviceAccountName: account } = spec;
        // Whoever calls the API has a role, and says that it wants the token.
        if (mounts === false || (mounts === true && hasRole(tree, owner, account))) return [];
        const problem = mounts
          ? `its pods carry a token of ServiceAccount ${account ?? "default"}, which has no role`
          : "its pods carry a token of the cluster's API without saying so";
        return [
          {
            object: owner,
            problem,
            mend: "Set automountServiceAccountToken: false; or true, and bind a Role.",
          },
        ];
      }),
  },
  {
    name: "pods/no-host",
    because: "A pod that shares the node's network, processes or files sees everybody else's.",
    check: (tree) =>
      eachPods(tree, ({ owner, spec }) => {
        const shared = [
          ...(["hostNetwork", "hostPID", "hostIPC"] as const).filter((field) => spec[field]),
          ...(spec.volumes ?? [])
            .filter(({ hostPath }) => hostPath)
            .map(({ name }) => `hostPath volume ${name}`),
          ...containersOf({ spec } as Pods).flatMap(({ ports = [] }) =>
            ports.filter(({ hostPort }) => hostPort).map(({ hostPort }) => `hostPort ${hostPort}`),
          ),
        ];
        return shared.map((what) => ({
          object: owner,
          problem: `its pods use ${what}`,
          mend: "Take it out.",
        }));
      }),
  },
];

const hasRole = (tree: Tree, { manifest, folder }: Rendered, account: string | undefined): boolean =>
  tree.renders
    .filter((render) => environmentOf(render.folder) === environmentOf(folder))
    .flatMap(({ objects }) => [...ofKind(objects, "RoleBinding"), ...ofKind(objects, "ClusterRoleBinding")])
    .flatMap((binding) => binding.manifest.subjects ?? [])
    .some(
      ({ name, namespace = manifest.metadata.namespace }) =>
        name === account && namespace === manifest.metadata.namespace,
    );

type SecurityContext = NonNullable<IContainer["securityContext"]>;

const eachPods = (tree: Tree, check: (pods: Pods) => Finding[]): Finding[] =>
  podsOf(ownObjects(tree)).flatMap(check);

/** Each container with its security context, the pod's own where the container says nothing. */
const eachContainer = (
  tree: Tree,
  check: (context: SecurityContext) => Pick<Finding, "problem" | "mend"> | undefined,
): Finding[] =>
  eachPods(tree, (pods) =>
    containersOf(pods).flatMap((container) => {
      const { runAsNonRoot, runAsUser, seccompProfile } = pods.spec.securityContext ?? {};
      const inherited = Object.entries({ runAsNonRoot, runAsUser, seccompProfile }).filter(
        ([, value]) => value !== undefined,
      );
      const found = check({ ...Object.fromEntries(inherited), ...container.securityContext });
      return found
        ? [{ object: pods.owner, ...found, problem: `container ${container.name} ${found.problem}` }]
        : [];
    }),
  );
