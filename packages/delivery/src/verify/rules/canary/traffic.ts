import type { Rule } from "../../rule.ts";
import { ofKind } from "../../tree/kinds.ts";
import { besides } from "../../tree/scopes.ts";
import { routesOf } from "../mesh/hosts.ts";
import { canaryOf, eachRollout, stepsOf } from "./rollouts.ts";

/** Who else has a hand in what Rollouts moves: the mesh's routes, an autoscaler, Services, a person. */
export const canaryTrafficRules: readonly Rule[] = [
  {
    name: "canary/managed-routes",
    because:
      "Rollouts refuses a header route that it does not manage, and takes managed ones out of the mesh again.",
    check: (tree) =>
      eachRollout(tree, (rollout, scope) => {
        const managed = (canaryOf(rollout)?.trafficRouting?.managedRoutes ?? []).map(({ name }) => name);
        const set = stepsOf(rollout).flatMap(({ setHeaderRoute, setMirrorRoute }) =>
          [setHeaderRoute?.name, setMirrorRoute?.name].filter((name) => name !== undefined),
        );
        const written = ofKind(besides(scope.objects, rollout), "VirtualService").flatMap((virtualService) =>
          routesOf(virtualService).map(({ name }) => name),
        );
        return [
          ...set
            .filter((name) => !managed.includes(name))
            .map((name) => `it sets the route ${name}, which managedRoutes does not list`),
          ...managed
            .filter((name) => written.includes(name))
            .map((name) => `managedRoutes lists ${name}, which stands in Git`),
        ].map((problem) => ({
          object: rollout,
          problem,
          mend: "List in managedRoutes what the steps set, and only that.",
        }));
      }),
  },
  {
    name: "canary/autoscaled",
    because: "Git and an autoscaler that both say how many replicas there are scale up and down for ever.",
    check: (tree) =>
      eachRollout(tree, (rollout, scope) => {
        const isScaled = ofKind(besides(scope.objects, rollout), "HorizontalPodAutoscaler").some(
          ({ manifest }) => manifest.spec?.scaleTargetRef.name === rollout.manifest.metadata.name,
        );
        if (!isScaled || rollout.manifest.spec?.replicas === undefined) return [];
        return [
          {
            object: rollout,
            problem: "it says how many replicas there are, and so does its autoscaler",
            mend: "Take spec.replicas out wherever an HorizontalPodAutoscaler stands.",
          },
        ];
      }),
  },
  {
    name: "canary/one-service",
    because: "With a canaryService Rollouts writes into the Service, and Argo CD's sync strips it again.",
    check: (tree) =>
      eachRollout(tree, (rollout) => {
        const { canaryService, stableService } = canaryOf(rollout) ?? {};
        if (!canaryService && !stableService) return [];
        return [
          {
            object: rollout,
            problem: "it splits by Services",
            mend: "Split by the subsets of one DestinationRule: take canaryService and stableService out.",
          },
        ];
      }),
  },
  {
    name: "canary/a-person-decides",
    because: "In prod a person sends the last customers over; everywhere else nothing waits for one.",
    check: (tree) =>
      eachRollout(tree, (rollout, { name }) => {
        const waits = stepsOf(rollout).some(({ pause }) => pause && pause.duration === undefined);
        if (waits === (name === "prod")) return [];
        return [
          {
            object: rollout,
            problem: waits
              ? `in ${name} its canary waits for a person`
              : "in prod its canary waits for nobody",
            mend: "Pause without a duration in prod only.",
          },
        ];
      }),
  },
];
