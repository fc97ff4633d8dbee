import { parse as parseYaml } from "yaml";
import { z } from "zod";

/** Where the mesh is told which of its counters sidecars and gateways export. */
export const meshFile = "apps/platform/istiod/values.yaml";

const mesh = z.object({
  meshConfig: z.object({
    defaultConfig: z.object({
      proxyStatsMatcher: z.object({ inclusionRegexps: z.array(z.string()) }),
    }),
  }),
});

const prefix = "envoy_cluster_";
/** The class of an answer, which stands in a label, is a part of Envoy's name. */
const withClass: Readonly<Record<string, string>> = { upstream_rq: "upstream_rq_5xx" };

/**
 * Whether sidecars export a metric of the clusters that they call; true of every metric that is none of those.
 * @param values the text of `meshFile`
 */
export function exportedBySidecars(values: string): (metric: string) => boolean {
  const { data } = mesh.safeParse(parseYaml(values));
  const regexps = data?.meshConfig.defaultConfig.proxyStatsMatcher.inclusionRegexps ?? [];
  const patterns = regexps.map((regexp) => new RegExp(`^(?:${regexp})$`));
  return (metric) => {
    if (!metric.startsWith(prefix)) return true;
    const name = statName(metric.slice(prefix.length));
    return patterns.some((pattern) =>
      pattern.test(`cluster.outbound|80|canary|cart.mall.svc.cluster.local;.${name}`),
    );
  };
}

/** Envoy's own name, which has dots where Prometheus has underscores. */
const statName = (name: string): string =>
  withClass[name] ??
  name
    .replace(/^outlier_detection_/, "outlier_detection.")
    .replace(/^circuit_breakers_(default|high)_/, "circuit_breakers.$1.");
