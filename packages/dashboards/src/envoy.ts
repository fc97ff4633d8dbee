/**
 * Envoy's counters of requests to the chosen service, kept by its callers' proxies: they see connections that never
 * reached a pod, too. `subset` is a pattern: stable, canary. The environment is part of the cluster's name; a label
 * `namespace` would be the caller's, and the gateway's is another.
 */
export const upstream = (subset: string): string =>
  `cluster_name=~"outbound[|][0-9]+[|]${subset}[|]\${service}[.]\${namespace}[.].+"`;

export const subsets = ["stable", "canary"] as const;
