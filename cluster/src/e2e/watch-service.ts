import { z } from "zod";
import type { KubernetesApi, KubernetesObject } from "./kubernetes-api.ts";
import type { Seconds, Timeline } from "./timeline.ts";

/** An environment's namespace in the cluster. */
export const namespaceOf = (environment: string): string => `mall-${environment}`;
export const mallNamespace = namespaceOf("local");

const rollout = z.object({
  metadata: z.object({ generation: z.number() }),
  spec: z.object({
    paused: z.boolean().default(false),
    template: z.object({ spec: z.object({ containers: z.array(z.object({ image: z.string() })) }) }),
  }),
  status: z
    .object({
      phase: z.string().optional(),
      message: z.string().optional(),
      abort: z.boolean().optional(),
      observedGeneration: z.string().optional(),
    })
    .default({}),
});

const virtualService = z.object({
  spec: z.object({
    http: z.array(
      z.object({
        name: z.string().optional(),
        route: z.array(
          z.object({
            destination: z.object({ subset: z.string().optional() }),
            weight: z.number().optional(),
          }),
        ),
      }),
    ),
  }),
});

const analysisRun = z.object({
  metadata: z.object({
    name: z.string(),
    creationTimestamp: z.coerce.date(),
    ownerReferences: z.array(z.object({ name: z.string() })).default([]),
  }),
  spec: z.object({
    metrics: z.array(z.object({ name: z.string(), successCondition: z.string().optional() })),
  }),
  status: z
    .object({
      phase: z.string().optional(),
      metricResults: z
        .array(
          z.object({
            name: z.string(),
            phase: z.string(),
            message: z.string().optional(),
            measurements: z
              .array(
                z.object({
                  phase: z.string(),
                  value: z.string().optional(),
                  startedAt: z.string().default(""),
                }),
              )
              .default([]),
          }),
        )
        .default([]),
    })
    .default({ metricResults: [] }),
});

type MetricResult = z.infer<typeof analysisRun>["status"]["metricResults"][number];

/** By Rollouts' name for the phase of a measurement that has ended. */
const verdicts: Readonly<Record<string, "passed" | "failed" | "error">> = {
  Successful: "passed",
  Failed: "failed",
  Error: "error",
};
/** It judges nothing. */
const evidenceOnly = "failed-traces";

interface Verdict {
  metric: string;
  value: string;
}

interface ServiceState {
  service: string;
  image: string;
  phase: string;
  message: string;
  aborted: boolean;
  /** By a person, not by a step. */
  paused: boolean;
  /** Whether the controller has seen the latest change of what is wanted. */
  observed: boolean;
  weight: number;
  /** Whether there is a canary, and a request reaches it by its baggage. */
  byBaggage: boolean;
  /** When a canary first had a weight. */
  firstWeightAt: Seconds | undefined;
  abortedAt: Seconds | undefined;
  /** Metrics that did not succeed. */
  verdicts: Verdict[];
}

export interface Watched {
  service: string;
  environment: string;
}

/** Follows one service's Rollout, its weights and its analysis, and writes what changes into the timeline. */
export function watchService(
  api: KubernetesApi,
  { service, environment }: Watched,
  timeline: Timeline,
  signal: AbortSignal,
) {
  const called = environment === "local" ? service : `${environment}'s ${service}`;
  const state: ServiceState = {
    service,
    image: "",
    phase: "",
    message: "",
    aborted: false,
    paused: false,
    observed: false,
    weight: 0,
    byBaggage: false,
    firstWeightAt: undefined,
    abortedAt: undefined,
    verdicts: [],
  };
  const finishedRuns = new Set<string>();
  const seenMeasurements = new Set<string>();
  const watchedSince = Date.now();

  function onRollout(object: KubernetesObject): void {
    const { metadata, spec, status } = rollout.parse(object);
    const image = spec.template.spec.containers[0]?.image ?? "";
    const phase = status.phase ?? "";
    if (state.image !== "" && image !== state.image)
      timeline.note("argo cd", `${called} is to run ${shortImage(image)}`);
    const told = [phase, status.message ?? ""].filter((text) => text !== "").join(": ");
    if (told !== [state.phase, state.message].filter((text) => text !== "").join(": "))
      timeline.note("rollout", `${called} ${told}`);
    if (status.abort && !state.aborted) state.abortedAt = timeline.now();
    state.image = image;
    state.phase = phase;
    state.message = status.message ?? "";
    state.aborted = status.abort ?? false;
    state.paused = spec.paused;
    state.observed = String(metadata.generation) === status.observedGeneration;
  }

  function onVirtualService(object: KubernetesObject): void {
    const { http } = virtualService.parse(object).spec;
    state.byBaggage = http.some(({ name }) => name === "canary-by-baggage");
    const primary = http.find(({ name }) => name === "primary");
    const weight = primary?.route.find(({ destination }) => destination.subset === "canary")?.weight ?? 0;
    if (weight === state.weight) return;
    state.weight = weight;
    const at = timeline.note("mesh", `${called}: ${weight} % of the traffic goes to the canary`);
    if (weight > 0) state.firstWeightAt ??= at;
    timeline.sample("canary weight %", weight);
  }

  function onAnalysisRun(object: KubernetesObject): void {
    const { metadata, spec, status } = analysisRun.parse(object);
    if (!metadata.ownerReferences.some(({ name }) => name === service)) return;
    if (metadata.creationTimestamp.getTime() < watchedSince - 1_000) return; // another canary's
    plotMeasurements(metadata.name, status.metricResults);
    const ended = status.phase && !["Running", "Pending", "Successful"].includes(status.phase);
    if (!ended || finishedRuns.has(metadata.name)) return;
    finishedRuns.add(metadata.name);
    for (const result of status.metricResults.filter(
      ({ name, phase }) => name !== evidenceOnly && !["Successful", "Running"].includes(phase),
    )) {
      const limit = spec.metrics.find(({ name }) => name === result.name)?.successCondition ?? "";
      const value =
        result.measurements.findLast(({ phase }) => phase === result.phase)?.value ?? result.message ?? "";
      state.verdicts.push({ metric: result.name, value });
      timeline.note(
        "analysis",
        `${called}: ${result.name} ${result.phase} with ${value}${limit && `; to pass: ${limit}`}`,
      );
    }
  }

  function plotMeasurements(run: string, results: MetricResult[]): void {
    for (const { name, measurements } of results) {
      for (const { phase, value = "", startedAt } of measurements) {
        const verdict = verdicts[phase];
        const key = `${run} ${name} ${startedAt}`;
        if (!verdict || name === evidenceOnly || seenMeasurements.has(key)) continue;
        seenMeasurements.add(key);
        timeline.measured({ metric: name, verdict, value });
      }
    }
  }

  const base = (group: string, kind: string) =>
    `/apis/${group}/namespaces/${namespaceOf(environment)}/${kind}`;
  const only = `?fieldSelector=metadata.name%3D${service}`;
  const watches = [
    api.watch(`${base("argoproj.io/v1alpha1", "rollouts")}${only}`, signal, onRollout),
    api.watch(`${base("networking.istio.io/v1", "virtualservices")}${only}`, signal, onVirtualService),
    api.watch(base("argoproj.io/v1alpha1", "analysisruns"), signal, onAnalysisRun),
  ];
  return { state, ended: Promise.all(watches) };
}

export type WatchedService = ReturnType<typeof watchService>;

const shortImage = (image: string): string =>
  image
    .replace(/^.*\//, "")
    .replace(/@.*$/, "")
    .replace(/:([0-9a-f]{12})[0-9a-f]*$/, ":$1");
