import type { Finding, Rule } from "../rule.ts";
import { ofKind, type RenderedKind } from "../tree/kinds.ts";
import { selects } from "../tree/pods.ts";
import { besides } from "../tree/scopes.ts";
import { type Environment, environmentsOf, type Tree } from "../tree/tree.ts";

/** What keeps a service up while nodes come and go: asked for where customers are, and where that is rehearsed. */
export const availabilityRules: readonly Rule[] = [
  {
    name: "availability/replicas",
    because: "One instance is none while its node is drained.",
    check: (tree) =>
      eachRollout(tree, ["staging", "prod"], (object, environment) => {
        const replicas = leastReplicas(object, environment);
        return replicas >= 2
          ? []
          : [
              {
                object,
                problem: `it may run as ${replicas} pod`,
                mend: "Give it two replicas, or an autoscaler with minReplicas: 2.",
              },
            ];
      }),
  },
  {
    name: "availability/autoscaled",
    because: "What customers need on a busy day nobody has set by hand the day before.",
    check: (tree) =>
      eachRollout(tree, ["prod"], (object, environment) =>
        autoscalerOf(object, environment)
          ? []
          : [
              {
                object,
                problem: "no autoscaler scales it",
                mend: "Take the component of autoscaling into prod's services.",
              },
            ],
      ),
  },
  {
    name: "availability/disruption-budget",
    because:
      "A node that is drained may take all pods of a service at once; a budget that allows none blocks the drain.",
    check: (tree) => eachRollout(tree, ["staging", "prod"], budgetFindings),
  },
  {
    name: "availability/spread",
    because: "Replicas on one node go down together.",
    check: (tree) =>
      eachRollout(tree, ["staging", "prod"], (object) => {
        const labels = object.manifest.spec?.template?.metadata?.labels ?? {};
        const constraints = object.manifest.spec?.template?.spec?.topologySpreadConstraints ?? [];
        return constraints.some(({ labelSelector }) => labelSelector && selects(labelSelector, labels))
          ? []
          : [
              {
                object,
                problem: "its pods may all stand on one node",
                mend: "Spread them by topologySpreadConstraints that select the pods themselves.",
              },
            ];
      }),
  },
];

type Rollout = RenderedKind<"Rollout">;

const eachRollout = (
  tree: Tree,
  names: readonly string[],
  check: (rollout: Rollout, environment: Environment) => Finding[],
): Finding[] =>
  environmentsOf(tree)
    .filter(({ name }) => names.includes(name))
    .flatMap((environment) =>
      ofKind(environment.objects, "Rollout").flatMap((rollout) => check(rollout, environment)),
    );

const autoscalerOf = (
  rollout: Rollout,
  { objects }: Environment,
): RenderedKind<"HorizontalPodAutoscaler"> | undefined =>
  ofKind(besides(objects, rollout), "HorizontalPodAutoscaler").find(
    ({ manifest }) => manifest.spec?.scaleTargetRef.name === rollout.manifest.metadata.name,
  );

const leastReplicas = (rollout: Rollout, environment: Environment): number =>
  autoscalerOf(rollout, environment)?.manifest.spec?.minReplicas ?? rollout.manifest.spec?.replicas ?? 1;

function budgetFindings(object: Rollout, environment: Environment): Finding[] {
  const labels = object.manifest.spec?.template?.metadata?.labels ?? {};
  const budget = ofKind(besides(environment.objects, object), "PodDisruptionBudget").find(({ manifest }) =>
    selects(manifest.spec?.selector ?? {}, labels),
  );
  if (!budget)
    return [
      {
        object,
        problem: "no PodDisruptionBudget protects it",
        mend: "Take the component of disruption budgets into the environment's services.",
      },
    ];
  const { maxUnavailable, minAvailable } = budget.manifest.spec ?? {};
  const isBlocked =
    maxUnavailable === 0 ||
    maxUnavailable === "0%" ||
    Number(minAvailable ?? 0) >= leastReplicas(object, environment);
  return isBlocked
    ? [{ object: budget, problem: "it allows no pod to go", mend: "Set maxUnavailable: 1." }]
    : [];
}
