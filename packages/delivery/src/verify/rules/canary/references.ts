import type { Finding, Rule } from "../../rule.ts";
import type { RenderedKind } from "../../tree/kinds.ts";
import { find, type Scope } from "../../tree/scopes.ts";
import { routesOf, serviceAt } from "../mesh/hosts.ts";
import { type Analysis, analysesOf, canaryOf, eachRollout } from "./rollouts.ts";

export const canaryReferenceRules: readonly Rule[] = [
  {
    name: "canary/virtual-service",
    because: "A Rollout whose VirtualService or route is not there cannot move traffic, and stands still.",
    check: (tree) => eachRollout(tree, virtualServiceFindings),
  },
  {
    name: "canary/destination-rule",
    because:
      "Stable and canary are subsets of one DestinationRule: without them both versions get all the traffic.",
    check: (tree) => eachRollout(tree, destinationRuleFindings),
  },
  {
    name: "canary/analysis-template",
    because: "An analysis whose template is not there, or lacks an argument, aborts every release.",
    check: (tree) =>
      eachRollout(tree, (rollout, scope) =>
        analysesOf(rollout).flatMap((analysis) => analysisFindings(analysis, rollout, scope)),
      ),
  },
];

type Rollout = RenderedKind<"Rollout">;

function virtualServiceFindings(rollout: Rollout, scope: Scope): Finding[] {
  const istio = canaryOf(rollout)?.trafficRouting?.istio;
  const named = [istio?.virtualService, ...(istio?.virtualServices ?? [])].filter((one) => one !== undefined);
  if (named.length === 0)
    return [
      {
        object: rollout,
        problem: "it moves no traffic by weights: it names no VirtualService",
        mend: "Give strategy.canary.trafficRouting.istio a virtualService with its routes.",
      },
    ];
  return named.flatMap(({ name, routes = [] }) => {
    const virtualService = find(scope, "VirtualService", name, rollout);
    if (!virtualService)
      return [{ object: rollout, problem: `there is no VirtualService ${name}`, mend: "Name its own." }];
    const there = routesOf(virtualService).map((route) => route.name);
    return routes
      .filter((route) => !there.includes(route))
      .map((route) => ({
        object: rollout,
        problem: `VirtualService ${name} has no route ${route}`,
        mend: `Name one that is there (${there.join(", ")}).`,
      }));
  });
}

function destinationRuleFindings(rollout: Rollout, scope: Scope): Finding[] {
  const istio = canaryOf(rollout)?.trafficRouting?.istio?.destinationRule;
  const rule = find(scope, "DestinationRule", istio?.name, rollout);
  if (!istio || !rule)
    return [
      {
        object: rollout,
        problem: `there is no DestinationRule ${istio?.name ?? "named in trafficRouting.istio"}`,
        mend: "Name its own.",
      },
    ];
  const subsets = (rule.manifest.spec?.subsets ?? []).map(({ name }) => name);
  const missing = [istio.stableSubsetName, istio.canarySubsetName].filter((name) => !subsets.includes(name));
  // Rollouts drops every other subset from the rule that it writes to.
  const others = subsets.filter((name) => ![istio.stableSubsetName, istio.canarySubsetName].includes(name));
  const findings = [
    ...missing.map((name) => `DestinationRule ${istio.name} has no subset ${name}`),
    ...others.map((name) => `subset ${name} of DestinationRule ${istio.name} would be dropped by the canary`),
    ...(serviceAt(scope, rule.manifest.spec?.host ?? "", rollout)
      ? []
      : [`DestinationRule ${istio.name} is for no Service`]),
  ];
  return findings.map((problem) => ({
    object: rollout,
    problem,
    mend: "Let the rule have exactly the subsets that trafficRouting.istio.destinationRule names.",
  }));
}

function analysisFindings({ templates, args }: Analysis, rollout: Rollout, scope: Scope): Finding[] {
  return templates.flatMap((name) => {
    const template = find(scope, "AnalysisTemplate", name, rollout);
    if (!template)
      return [
        {
          object: rollout,
          problem: `there is no AnalysisTemplate ${name}`,
          mend: "Name one of base/analysis, which the environment's platform takes.",
        },
      ];
    const known = template.manifest.spec?.args ?? [];
    const lacking = known
      .filter(({ name: arg, value, valueFrom }) => value === undefined && !valueFrom && !args.includes(arg))
      .map(({ name: arg }) => `AnalysisTemplate ${name} needs the argument ${arg}, which is not given`);
    return lacking.map((problem) => ({
      object: rollout,
      problem,
      mend: "Give the argument where the analysis is named.",
    }));
  });
}
