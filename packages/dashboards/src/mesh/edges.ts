/**
 * The edges that the collector's servicegraph connector finds in traces: who called whom, in this environment. Of a
 * call from outside or to a database only one side is the mall's, so either side may say where it was.
 */
const sides = ["client", "server"] as const;

const seen = (counter: string): string =>
  sides
    .map((side) => `rate(${counter}{${side}_k8s_namespace_name="$namespace"}[$__rate_interval])`)
    .join(" or ");

const calls = "sum by (client, server) (" + seen("traces_service_graph_request_total") + ")";
const failedCalls = "sum by (client, server) (" + seen("traces_service_graph_request_failed_total") + ")";

export const edgeRate = calls;

/** Per second. */
export const edgeFailures = `(${failedCalls} or 0 * ${calls})`;

export const edgeErrorRatio = `${edgeFailures} / ${calls}`;

/** In seconds, as the server measured it. */
export const edgeDuration = (share: number): string =>
  `histogram_quantile(${share}, sum by (client, server, le) (${seen("traces_service_graph_request_server_seconds_bucket")}))`;
