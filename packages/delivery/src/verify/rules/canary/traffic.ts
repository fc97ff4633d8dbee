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
    name: "canary/unused-service",
    because:
      "Rollouts writes into a Service that it is given, and Argo CD's sync may strip it again; but without one of the canary's it never aborts a version that does not start (argo-rollouts#4626).",
    check: (tree) =>
      eachRollout(tree, (rollout, scope) => {
        const { canaryService, stableService } = canaryOf(rollout) ?? {};
        const used = ofKind(besides(scope.objects, rollout), "DestinationRule").map(
          ({ manifest }) => manifest.spec?.host,
        );
        const problems = [
          ...(stableService ? ["it splits by Services"] : []),
          ...(canaryService ? [] : ["a version of it that never starts would never be aborted"]),
          ...(canaryService && used.includes(canaryService)
            ? [`it writes into ${canaryService}, which is called`]
            : []),
        ];
        return problems.map((problem) => ({
          object: rollout,
          problem,
          mend: "Split by the subsets of one DestinationRule, with a canaryService that nobody calls and no stableService.",
        }));
      }),
  },
  {
    name: "canary/aborted-pods-stay",
    because:
      "A ReplicaSet whose time to scale down after an abort has passed switches the progress deadline off for good (argo-rollouts#4971).",
    check: (tree) =>
      eachRollout(tree, (rollout) => {
        if (canaryOf(rollout)?.abortScaleDownDelaySeconds === 0) return [];
        return [
          {
            object: rollout,
            problem: "its aborted pods are scaled down by a deadline",
            mend: "Set abortScaleDownDelaySeconds to 0: they stay until Git asks for something else.",
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
