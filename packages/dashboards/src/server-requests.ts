import { chosenServices } from "./scope.ts";

/** What each service measures of its own requests; see packages/kit/src/telemetry/metrics.ts. */
export const serverDuration = "http_server_request_duration_seconds";

/** The chosen ReplicaSets of the chosen service. */
export const replicaSet = `${chosenServices}, rollouts_pod_template_hash=~"$hash"`;

/** Per second, by these labels. */
export const requestRate = (by: string, matchers: string): string =>
  `sum by (${by}) (rate(${serverDuration}_count{${matchers}}[$__rate_interval]))`;

/** The share of 5xx, by these labels: zero, not nothing, where there were requests and none failed. */
export const errorRatio = (by: string, matchers: string): string => {
  const all = requestRate(by, matchers);
  const failed = requestRate(by, `${matchers}, http_response_status_code=~"5.."`);
  return `(${failed} or 0 * ${all}) / ${all}`;
};

/** Of the duration, in seconds. */
export const quantile = (share: number, by: string, matchers: string): string =>
  `histogram_quantile(${share}, sum by (${by}, le) (rate(${serverDuration}_bucket{${matchers}}[$__rate_interval])))`;
