import type { IMetric } from "@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/Metric";
import type { Finding, Rule } from "../../rule.ts";
import { ofKind } from "../../tree/kinds.ts";
import type { Rendered } from "../../tree/manifest.ts";
import { ownObjects, type Tree } from "../../tree/tree.ts";

export const analysisRules: readonly Rule[] = [
  {
    name: "canary/analysis-arguments",
    because:
      "An argument that a template uses and does not declare stays as braces in the query, and matches nothing.",
    check: (tree) =>
      eachTemplate(tree, (object, metrics, declared) => {
        const used = [...JSON.stringify(metrics).matchAll(/\{\{\s*args\.([\w-]+)\s*\}\}/g)].map(
          ([, name]) => name ?? "",
        );
        return [
          ...[...new Set(used)]
            .filter((name) => !declared.includes(name))
            .map((name) => `it uses {{args.${name}}} and does not declare it`),
          ...declared
            .filter((name) => !used.includes(name))
            .map((name) => `it declares the argument ${name} and never uses it`),
        ].map((problem) => ({ object, problem, mend: "List in spec.args exactly what the metrics use." }));
      }),
  },
  {
    name: "canary/analysis-conditions",
    because:
      "A condition that reads result[0] of an empty answer is an error; without a condition everything is a success.",
    check: (tree) =>
      eachTemplate(tree, (object, metrics) =>
        metrics
          .filter(({ provider }) => provider.prometheus)
          .flatMap(({ name, successCondition, failureCondition }) =>
            [
              successCondition || failureCondition ? undefined : "has no condition",
              ...[successCondition, failureCondition].map((condition) =>
                condition?.includes("result[0]") && !condition.includes("len(result)")
                  ? `reads result[0] without asking for len(result): ${condition}`
                  : undefined,
              ),
            ].flatMap((problem) =>
              problem
                ? [
                    {
                      object,
                      problem: `its metric ${name} ${problem}`,
                      mend: "Say in the condition what an empty answer means: len(result) == 0 || … or len(result) > 0 && …",
                    },
                  ]
                : [],
            ),
          ),
      ),
  },
  {
    name: "canary/analysis-repeats",
    because:
      "A metric that is taken once guards for one moment; the controller refuses more than one without an interval.",
    check: (tree) =>
      eachTemplate(tree, (object, metrics) =>
        metrics
          .filter(
            ({ provider, interval, count }) =>
              (provider.prometheus && !interval) || (Number(count ?? 1) > 1 && !interval),
          )
          .map(({ name }) => ({
            object,
            problem: `its metric ${name} has no interval`,
            mend: "Give it an interval, and a count where it belongs to a step.",
          })),
      ),
  },
];

const eachTemplate = (
  tree: Tree,
  check: (object: Rendered, metrics: readonly IMetric[], declared: readonly string[]) => Finding[],
): Finding[] =>
  ofKind(ownObjects(tree), "AnalysisTemplate").flatMap((object) =>
    check(
      object,
      object.manifest.spec?.metrics ?? [],
      (object.manifest.spec?.args ?? []).map(({ name }) => name),
    ),
  );
