import type { ICanaryStrategy } from "@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/CanaryStrategy";
import type { ICanaryStep } from "@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/CanaryStep";
import type { Finding } from "../../rule.ts";
import { ofKind, type RenderedKind } from "../../tree/kinds.ts";
import { own, type Scope, scopesOf } from "../../tree/scopes.ts";
import type { Tree } from "../../tree/tree.ts";

export const canaryOf = ({ manifest }: RenderedKind<"Rollout">): ICanaryStrategy | undefined =>
  manifest.spec?.strategy?.canary;

export const stepsOf = (rollout: RenderedKind<"Rollout">): readonly ICanaryStep[] =>
  canaryOf(rollout)?.steps ?? [];

export const eachRollout = (
  tree: Tree,
  check: (rollout: RenderedKind<"Rollout">, scope: Scope) => Finding[],
): Finding[] =>
  scopesOf(tree).flatMap((scope) =>
    ofKind(own(scope), "Rollout").flatMap((rollout) => check(rollout, scope)),
  );

/** An analysis of a Rollout, in the background or of a step. */
export interface Analysis {
  readonly templates: readonly string[];
  /** Names of the arguments that it gives. */
  readonly args: readonly string[];
}

export function analysesOf(rollout: RenderedKind<"Rollout">): Analysis[] {
  const canary = canaryOf(rollout);
  return [canary?.analysis, ...(canary?.steps ?? []).map(({ analysis }) => analysis)].flatMap((analysis) =>
    analysis
      ? [
          {
            templates: (analysis.templates ?? []).flatMap(({ templateName }) => templateName ?? []),
            args: (analysis.args ?? []).map(({ name }) => name),
          },
        ]
      : [],
  );
}
