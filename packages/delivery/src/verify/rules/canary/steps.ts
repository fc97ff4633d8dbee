import type { ICanaryStep } from "@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/CanaryStep";
import type { Finding, Rule } from "../../rule.ts";
import type { RenderedKind } from "../../tree/kinds.ts";
import { canaryOf, eachRollout, stepsOf } from "./rollouts.ts";

type Rollout = RenderedKind<"Rollout">;

export const canaryStepRules: readonly Rule[] = [
  {
    name: "canary/weights",
    because: "The first step is the one that customers pay for: it is small, and each next one larger.",
    check: (tree) =>
      eachRollout(tree, (rollout, { name }) => weightFindings(rollout, largestFirstWeight(name))),
  },
  {
    name: "canary/guarded-from-the-start",
    because:
      "A weight that is set before the analysis runs leaves customers with an unwatched version for seconds.",
    check: (tree) => eachRollout(tree, guardFindings),
  },
];

/** Percent. Where nobody shops, a little traffic has to show something soon. */
const largestFirstWeight = (environment: string): number =>
  ["staging", "prod"].includes(environment) ? 10 : 25;

function weightFindings(rollout: Rollout, largest: number): Finding[] {
  const weights = stepsOf(rollout).flatMap(({ setWeight }) => setWeight ?? []);
  const [first] = weights;
  const problems = [
    first === undefined ? "its canary never gets a weight" : undefined,
    first !== undefined && first > largest ? `its canary begins with ${first} % of the customers` : undefined,
    weights.some((weight) => weight > 100) ? `it sets a weight of ${Math.max(...weights)}` : undefined,
    weights.some((weight, index) => index > 0 && weight <= (weights[index - 1] ?? 0))
      ? `its weights do not grow: ${weights.join(", ")}`
      : undefined,
    ...hasty(stepsOf(rollout)),
  ];
  return problems.flatMap((problem) =>
    problem
      ? [
          {
            object: rollout,
            problem,
            mend: `Begin with at most ${largest}, grow to at most 100, and look at each weight.`,
          },
        ]
      : [],
  );
}

/** Weights that the next one follows without a pause or an analysis between them. */
function hasty(steps: readonly ICanaryStep[]): string[] {
  const inOrder = steps.filter(
    ({ setWeight, pause, analysis }) => setWeight !== undefined || pause || analysis,
  );
  return inOrder.flatMap(({ setWeight }, index) =>
    setWeight !== undefined && setWeight < 100 && (inOrder[index + 1]?.setWeight ?? setWeight) !== setWeight
      ? [`nobody looks at its weight of ${setWeight} before the next`]
      : [],
  );
}

function guardFindings(rollout: Rollout): Finding[] {
  const steps = stepsOf(rollout);
  const firstWeight = steps.findIndex(({ setWeight }) => (setWeight ?? 0) > 0);
  const scaled = steps.findIndex(({ setCanaryScale }) => setCanaryScale !== undefined);
  const background = canaryOf(rollout)?.analysis;
  const problems = [
    !background?.templates?.length ? "no analysis watches its canary in the background" : undefined,
    firstWeight >= 0 && (background?.startingStep ?? 0) > firstWeight
      ? `its analysis begins at step ${background?.startingStep}, after the first weight at step ${firstWeight}`
      : undefined,
    firstWeight >= 0 && (scaled < 0 || scaled > firstWeight)
      ? "its first weight is set before a canary's pod is asked for"
      : undefined,
  ];
  return problems.flatMap((problem) =>
    problem
      ? [
          {
            object: rollout,
            problem,
            mend: "Scale the canary first (setCanaryScale), and let the background analysis begin before the first setWeight.",
          },
        ]
      : [],
  );
}
