/**
 * Metrics that no service of the mall exports: who does, and where that is written. No test can prove these here, so
 * the list is short, and each entry names what it was compared with.
 */
const sources: Readonly<Record<string, readonly string[]>> = {
  "Prometheus itself: of each scrape, and of alerting rules": ["up", "ALERTS"],

  "k6 2.2.0: seen in Prometheus after a run of the scenario with -o experimental-prometheus-rw": [
    "k6_vus",
    "k6_vus_max",
    "k6_iterations_total",
    "k6_http_reqs_total",
    "k6_http_req_duration_p95",
    // The scenario's own: services/loadgenerator/src/k6.ts.
    "k6_journeys_total",
    "k6_journeys_failed_total",
    "k6_journey_failed_rate",
    "k6_turned_away_total",
  ],
  "k6 2.2.0, metrics/builtin.go: only when the executor had no free shopper": ["k6_dropped_iterations_total"],

  "Envoy 1.40: seen at /stats/prometheus with the stats_tags of Istio's bootstrap (envoy_bootstrap.json)": [
    "envoy_cluster_upstream_rq_total",
    "envoy_cluster_upstream_rq",
    "envoy_cluster_upstream_rq_time_bucket",
    "envoy_cluster_upstream_rq_retry",
    "envoy_cluster_upstream_rq_pending_overflow",
    "envoy_cluster_upstream_cx_active",
    "envoy_cluster_upstream_cx_connect_fail",
    "envoy_cluster_membership_healthy",
    "envoy_cluster_outlier_detection_ejections_active",
    "envoy_cluster_circuit_breakers_default_rq_open",
    "envoy_cluster_circuit_breakers_default_rq_pending_open",
  ],
  "Istio's standard metrics: istio.io/latest/docs/reference/config/metrics": ["istio_requests_total"],

  "Argo Rollouts 1.9.1: controller/metrics/prommetrics.go": [
    "rollout_info",
    "rollout_info_replicas_desired",
    "rollout_info_replicas_updated",
    "rollout_info_replicas_unavailable",
    "analysis_run_info",
    "analysis_run_metric_phase",
  ],
  "OpenTelemetry Collector 0.159, connector/servicegraphconnector/README.md": [
    "traces_service_graph_request_total",
    "traces_service_graph_request_failed_total",
    "traces_service_graph_request_server_seconds_bucket",
  ],
  "CloudNativePG 1.30: config/manager/default-monitoring.yaml, query `backends`": [
    "cnpg_backends_total",
    "cnpg_backends_max_tx_duration_seconds",
  ],
  "kube-state-metrics: docs/metrics/workload and docs/metrics/autoscaling": [
    "kube_pod_container_resource_limits",
    "kube_pod_container_status_restarts_total",
    "kube_horizontalpodautoscaler_status_desired_replicas",
  ],
  "cAdvisor: docs/storage/prometheus.md": [
    "container_memory_working_set_bytes",
    "container_cpu_cfs_periods_total",
    "container_cpu_cfs_throttled_periods_total",
  ],
};

export const platformMetrics: ReadonlySet<string> = new Set(Object.values(sources).flat());
