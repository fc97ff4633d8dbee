import { kubectl } from "../kubectl.ts";
import { applyText } from "../platform/apply.ts";
import type { World } from "./world.ts";

/** A delivery that is broken on purpose, and the scenario that has to notice it. */
export interface BrokenDelivery {
  name: string;
  /** What is wrong with it, in a sentence. */
  title: string;
  scenario: string;
  /** Answers how it is mended, where Git does not do that. */
  apply(world: World): Promise<(() => Promise<void>) | undefined>;
}

/** Breaks it by a commit, as a careless change would; the commit is taken back with everything else. */
const byCommit =
  (edits: Parameters<World["change"]>[1]): BrokenDelivery["apply"] =>
  async (world) => {
    await world.change("Break the delivery on purpose", edits);
    await world.settled();
    return undefined;
  };

const routePastTheWeights = `patches:
  - target:
      kind: VirtualService
    patch: |-
      - op: add
        path: /spec/http/0
        value:
          name: past-the-weights
          route:
            - destination:
                host: cart
`;

export const brokenDeliveries: readonly BrokenDelivery[] = [
  {
    name: "analysis-always-succeeds",
    title: "Whatever is measured, the analysis of a canary succeeds",
    scenario: "bad-push-errors",
    apply: byCommit({
      "base/analysis/canary-guard-analysis-template.yaml": (text) =>
        text.replaceAll(/successCondition: .*/g, 'successCondition: "true"'),
      "base/analysis/canary-journey-analysis-template.yaml": (text) =>
        text.replace("    - name: journey\n", "    - name: journey\n      failureLimit: 5\n"),
    }),
  },
  {
    name: "weights-ignored",
    title: "The mesh does not look at the weights: a canary gets its share by the number of its pods",
    scenario: "good-push",
    apply: byCommit({
      "overlays/local/cart/kustomization.yaml": (text) => `${text.trimEnd()}\n${routePastTheWeights}`,
    }),
  },
  {
    name: "policy-too-wide",
    title: "Every service may call every other",
    scenario: "mesh",
    apply: byCommit({
      "base/components/service/authorization-policy.yaml": (text) => `${text.trimEnd()}\n    - {}\n`,
    }),
  },
  {
    name: "revert-not-proposed",
    title: "Nobody is told of an aborted canary",
    scenario: "bad-push-errors",
    async apply() {
      const name = "argo-rollouts-notification-configmap";
      const place = ["--namespace=argo-rollouts", "get", "configmap", name, "--output=json"];
      const { data } = JSON.parse(await kubectl(place)) as { data: Record<string, string> };
      const write = (subscriptions: string) =>
        applyText(
          JSON.stringify({
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { name, namespace: "argo-rollouts" },
            data: { ...data, subscriptions },
          }),
        );
      await write("[]");
      return () => write(data["subscriptions"] ?? "");
    },
  },
  {
    name: "retries-hide-errors",
    title: "The mesh asks again, until nobody sees that a pod always fails",
    scenario: "circuit-breaker",
    apply: byCommit({
      "base/components/service/virtual-service.yaml": (text) =>
        text.replace(/attempts: 2\n( +)retryOn: .*/, "attempts: 8\n$1retryOn: 5xx"),
    }),
  },
];
