import { z } from "zod";
import type { KubernetesApi } from "./kubernetes-api.ts";
import { mallNamespace } from "./watch-service.ts";

const pods = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ labels: z.record(z.string(), z.string()).default({}) }),
    }),
  ),
});

/** The version labels of a service's pods, those that are ending included. */
export async function runningVersions(api: KubernetesApi, service: string): Promise<string[]> {
  const selector = `labelSelector=${encodeURIComponent(`app.kubernetes.io/name=${service}`)}`;
  const answer = await api.get(`/api/v1/namespaces/${mallNamespace}/pods?${selector}`);
  return pods.parse(answer).items.map(({ metadata }) => metadata.labels["app.kubernetes.io/version"] ?? "");
}
