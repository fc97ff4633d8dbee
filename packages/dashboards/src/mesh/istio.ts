import { PercentUnit, RequestsPerSecond } from "@grafana/grafana-foundation-sdk/units";
import type { Row } from "../dashboard.ts";
import { chart } from "../panels/chart.ts";

const requests = 'destination_service_namespace="$namespace", destination_service_name=~"$service"';
const received = `reporter="destination", ${requests}`;

export const istio: Row = {
  title: "The chosen services, by Istio's own metrics",
  panels: [
    chart({
      title: "Requests, by caller and version",
      description: "Per second, as the called pods' proxies counted them.",
      unit: RequestsPerSecond,
      queries: [
        {
          expr: `sum by (source_workload, destination_service_name, destination_version) (rate(istio_requests_total{${received}}[$__rate_interval]))`,
          legend: "{{source_workload}} → {{destination_service_name}} {{destination_version}}",
        },
      ],
      width: 12,
    }),
    chart({
      title: "Answers that no pod gave",
      description:
        "By Envoy's response flags: UH no healthy pod, UF no connection, UO a breaker is open, NR no route.",
      unit: RequestsPerSecond,
      queries: [
        {
          expr: `sum by (destination_service_name, response_flags) (rate(istio_requests_total{reporter="source", ${requests}, response_flags=~"UH|UF|UO|NC|NR"}[$__rate_interval]))`,
          legend: "{{destination_service_name}}: {{response_flags}}",
        },
      ],
      width: 6,
    }),
    chart({
      title: "Encrypted",
      description:
        "The share of requests that came by mutual TLS. Less than all of them: something is outside the mesh.",
      unit: PercentUnit,
      max: 1,
      queries: [
        {
          expr: `sum by (destination_service_name) (rate(istio_requests_total{${received}, connection_security_policy="mutual_tls"}[$__rate_interval])) / sum by (destination_service_name) (rate(istio_requests_total{${received}}[$__rate_interval]))`,
          legend: "{{destination_service_name}}",
        },
      ],
      width: 6,
    }),
  ],
};
