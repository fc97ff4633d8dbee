/**
 * What the services export, without the endings that a histogram adds. A test starts the services and compares.
 * Node's own metrics (process_*, nodejs_*) come from prom-client.
 */
export const exportedByServices = [
  "http_server_request_duration_seconds",
  "http_client_request_duration_seconds",
  "mall_average_order_value_minor_units",
  "mall_checkouts_total",
  "mall_orders_total",
  "mall_products_sold_total",
  "mall_revenue_minor_units_total",
  "nodejs_eventloop_lag_p99_seconds",
  "nodejs_heap_size_used_bytes",
  "process_cpu_seconds_total",
  "process_resident_memory_bytes",
] as const;

/** What others export and the mall's dashboards and analyses read, by who it comes from. */
export const exportedByPlatform: Readonly<Record<string, readonly string[]>> = {
  "Prometheus itself": ["up", "ALERTS"],
  "Envoy, in every sidecar and the gateway": [
    "envoy_cluster_circuit_breakers_default_rq_open",
    "envoy_cluster_circuit_breakers_default_rq_pending_open",
    "envoy_cluster_membership_healthy",
    "envoy_cluster_outlier_detection_ejections_active",
    "envoy_cluster_upstream_cx_active",
    "envoy_cluster_upstream_cx_connect_fail",
    "envoy_cluster_upstream_rq",
    "envoy_cluster_upstream_rq_pending_overflow",
    "envoy_cluster_upstream_rq_retry",
    "envoy_cluster_upstream_rq_time",
    "envoy_cluster_upstream_rq_total",
  ],
  "Istio's own statistics, in every sidecar and the gateway": ["istio_requests_total"],
  "the collector's connectors: service graph": [
    "traces_service_graph_request_failed_total",
    "traces_service_graph_request_server_seconds",
    "traces_service_graph_request_total",
  ],
  "k6, by remote write: its own and the scenario's": [
    "k6_dropped_iterations_total",
    "k6_http_req_duration_p95",
    "k6_http_reqs_total",
    "k6_iterations_total",
    "k6_journey_failed_rate",
    "k6_journeys_failed_total",
    "k6_journeys_total",
    "k6_turned_away_total",
    "k6_vus",
    "k6_vus_max",
  ],
  CloudNativePG: ["cnpg_backends_max_tx_duration_seconds", "cnpg_backends_total"],
  "kube-state-metrics": [
    "kube_horizontalpodautoscaler_status_desired_replicas",
    "kube_pod_container_resource_limits",
    "kube_pod_container_status_restarts_total",
  ],
  "the kubelet (cAdvisor)": [
    "container_cpu_cfs_periods_total",
    "container_cpu_cfs_throttled_periods_total",
    "container_memory_working_set_bytes",
  ],
  "Argo Rollouts": [
    "rollout_info",
    "rollout_info_replicas_desired",
    "rollout_info_replicas_unavailable",
    "rollout_info_replicas_updated",
    "analysis_run_info",
    "analysis_run_metric_phase",
  ],
};

const histogramEndings = /_(bucket|sum|count)$/;

/** The metric that a series of it belongs to. */
export const metricOf = (series: string): string => series.replace(histogramEndings, "");
