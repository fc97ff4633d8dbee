import type { IContainer } from "kubernetes-models/v1/Container";
import type { Rule } from "../../rule.ts";
import { containersOf, podsOf } from "../../tree/pods.ts";
import { ownObjects } from "../../tree/tree.ts";
import { eachContainer } from "./containers.ts";

export const podRunningRules: readonly Rule[] = [
  {
    name: "pods/resources",
    because:
      "Without requests the scheduler fills a node until it breaks; without a memory limit one leak takes all down.",
    check: (tree) =>
      eachContainer(tree, ({ resources }) =>
        (["requests.cpu", "requests.memory", "limits.memory"] as const)
          .filter((path) => {
            const [part, what] = path.split(".") as ["requests" | "limits", string];
            return resources?.[part]?.[what] === undefined;
          })
          .map((path) => ({
            problem: `has no resources.${path}`,
            mend: "Write down what was measured, with some room.",
          })),
      ),
  },
  {
    name: "pods/port-protocol",
    because:
      "The API server writes the default protocol into a Rollout, and Argo CD sees a difference for ever.",
    check: (tree) =>
      eachContainer(tree, ({ ports = [] }) =>
        ports
          .filter(({ protocol }) => protocol === undefined)
          .map(({ containerPort }) => ({
            problem: `does not say the protocol of port ${containerPort}`,
            mend: "Write protocol: TCP.",
          })),
      ),
  },
  {
    name: "pods/termination",
    because: "A pod that is killed before it has drained cuts off requests under way.",
    check: (tree) =>
      podsOf(ownObjects(tree)).flatMap((pods) => {
        const grace = pods.spec.terminationGracePeriodSeconds ?? 30;
        return containersOf(pods).flatMap((container) => {
          const needed = secondsToEnd(container);
          return grace > needed
            ? []
            : [
                {
                  object: pods.owner,
                  problem: `container ${container.name} may need ${needed} s to end, and its pod is given ${grace} s`,
                  mend: "Make terminationGracePeriodSeconds longer than preStop, DRAIN_DELAY_MS and SHUTDOWN_TIMEOUT_MS together.",
                },
              ];
        });
      }),
  },
  {
    name: "pods/task-ends",
    because: "A task without a deadline and a limit of attempts holds up the sync that waits for it.",
    check: (tree) =>
      podsOf(ownObjects(tree))
        .filter(({ isTask }) => isTask)
        .filter(({ owner }) => owner.manifest.kind === "Job" && !isBounded(owner.manifest))
        .map(({ owner }) => ({
          object: owner,
          problem: "it may be tried or run for ever",
          mend: "Set spec.backoffLimit, and spec.activeDeadlineSeconds or ttlSecondsAfterFinished.",
        })),
  },
];

const isBounded = (manifest: object): boolean => {
  const { spec = {} } = manifest as { spec?: Record<string, unknown> };
  return (
    spec["backoffLimit"] !== undefined &&
    (spec["activeDeadlineSeconds"] ?? spec["ttlSecondsAfterFinished"]) !== undefined
  );
};

/** What a container takes between the signal and its end, at the most. */
function secondsToEnd({ env = [], lifecycle }: IContainer): number {
  const variable = (name: string): number => Number(env.find((each) => each.name === name)?.value ?? 0);
  const preStop = lifecycle?.preStop?.sleep?.seconds ?? 0;
  return preStop + (variable("DRAIN_DELAY_MS") + variable("SHUTDOWN_TIMEOUT_MS")) / 1_000;
}
