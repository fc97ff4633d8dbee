import { z } from "zod";
import { DeliveryError } from "../delivery-error.ts";
import { run } from "../run.ts";

/** What a cluster says about one service. */
export interface RolloutStatus {
  readonly environment: string;
  readonly service: string;
  /** Argo Rollouts' own word: Healthy, Progressing, Paused, Degraded. */
  readonly phase: string;
  readonly message: string | undefined;
  /** Percent of the traffic that the canary gets. */
  readonly weight: number;
  readonly ready: number;
  readonly wanted: number;
  /** The source commit of the newest pods' image; after an abort Git's, while the stable pods serve. */
  readonly commit: string | undefined;
}

const rollout = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z.object({
    template: z.object({ spec: z.object({ containers: z.array(z.object({ image: z.string() })) }) }),
  }),
  status: z
    .object({
      phase: z.string().default("Progressing"),
      message: z.string().optional(),
      replicas: z.int().default(0),
      readyReplicas: z.int().default(0),
      canary: z
        .object({ weights: z.object({ canary: z.object({ weight: z.int() }) }).optional() })
        .optional(),
    })
    .default({ phase: "Progressing", replicas: 0, readyReplicas: 0 }),
});

const selector = "app.kubernetes.io/part-of=shopping-mall";

/** Asks the cluster of a kubectl context. Throws a DeliveryError with kubectl's reason when it does not answer. */
export async function rolloutStatuses(context: string): Promise<RolloutStatus[]> {
  const args = ["--context", context, "--request-timeout=10s", "get", "rollouts.argoproj.io"];
  const asked = [...args, "--all-namespaces", "--selector", selector, "--output", "json"];
  const { code, stdout, stderr } = await run("kubectl", asked).catch(() => {
    throw new DeliveryError("Install kubectl, or leave out --context.");
  });
  if (code !== 0) throw new DeliveryError(`The cluster of "${context}" does not answer: ${stderr.trim()}`);
  return z
    .object({ items: z.array(rollout) })
    .parse(JSON.parse(stdout))
    .items.map(({ metadata, spec, status }) => ({
      environment: metadata.namespace.replace(/^mall-/, ""),
      service: metadata.name,
      phase: status.phase,
      message: status.message,
      weight: status.canary?.weights?.canary.weight ?? 0,
      ready: status.readyReplicas,
      wanted: status.replicas,
      commit: /:([0-9a-f]{40})(@|$)/.exec(spec.template.spec.containers[0]?.image ?? "")?.[1],
    }));
}
