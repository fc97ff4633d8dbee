import type { IContainer } from "kubernetes-models/v1/Container";
import type { IPodSpec } from "kubernetes-models/v1/PodSpec";
import { ofKind } from "./kinds.ts";
import type { Rendered } from "./manifest.ts";
import { podTemplatesOf } from "./test-run-pods.ts";

/** Pods that an object makes. */
export interface Pods {
  readonly owner: Rendered;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: IPodSpec;
  /** A task that ends, or something that serves until it is told to end. */
  readonly isTask: boolean;
}

export interface PodTemplate {
  metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> };
  spec?: IPodSpec;
}

/** The pods of every Rollout, Deployment, Job, CronJob, and of the Jobs that an analysis starts. */
export function podsOf(objects: readonly Rendered[]): Pods[] {
  return [
    ...ofKind(objects, "Rollout").flatMap((owner) => pods(owner, owner.manifest.spec?.template, false)),
    ...ofKind(objects, "Deployment").flatMap((owner) => pods(owner, owner.manifest.spec?.template, false)),
    ...ofKind(objects, "StatefulSet").flatMap((owner) => pods(owner, owner.manifest.spec?.template, false)),
    ...ofKind(objects, "Job").flatMap((owner) => pods(owner, owner.manifest.spec?.template, true)),
    ...ofKind(objects, "CronJob").flatMap((owner) =>
      pods(owner, owner.manifest.spec?.jobTemplate.spec?.template, true),
    ),
    ...ofKind(objects, "AnalysisTemplate").flatMap((owner) =>
      (owner.manifest.spec?.metrics ?? []).flatMap(({ provider }) =>
        pods(owner, provider.job?.spec.template, true),
      ),
    ),
    ...ofKind(objects, "TestRun").flatMap((owner) =>
      podTemplatesOf(owner).flatMap((template) => pods(owner, template, true)),
    ),
  ];
}

const pods = (owner: Rendered, template: PodTemplate | undefined, isTask: boolean): Pods[] =>
  template?.spec
    ? [
        {
          owner,
          labels: template.metadata?.labels ?? {},
          annotations: template.metadata?.annotations ?? {},
          spec: template.spec,
          isTask,
        },
      ]
    : [];

/** Containers and init containers. */
export const containersOf = ({ spec }: Pods): IContainer[] => [
  ...(spec.initContainers ?? []),
  ...spec.containers,
];

interface Selector {
  matchLabels?: Readonly<Record<string, string>> | undefined;
  matchExpressions?:
    | readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[]
    | undefined;
}

/** Whether a label selector takes something with these labels. An empty selector takes everything. */
export function selects(
  { matchLabels = {}, matchExpressions = [] }: Selector,
  labels: Pods["labels"],
): boolean {
  const isAsked = Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
  return isAsked && matchExpressions.every((expression) => isMet(expression, labels));
}

function isMet(
  { key, operator, values = [] }: NonNullable<Selector["matchExpressions"]>[number],
  labels: Pods["labels"],
): boolean {
  const value = labels[key];
  if (operator === "Exists") return value !== undefined;
  if (operator === "DoesNotExist") return value === undefined;
  const isAmong = value !== undefined && values.includes(value);
  return operator === "In" ? isAmong : !isAmong;
}
