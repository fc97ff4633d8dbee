import { type SpanContext, TraceFlags } from "@opentelemetry/api";
import { collectDefaultMetrics, Histogram, type OpenMetricsContentType, Registry } from "prom-client";

// Seconds. Dense where a service of the mall answers, up to the longest deadline.
const durationBuckets = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

interface ServerRequest {
  method: string;
  route: string;
  status: number;
  seconds: number;
  span: SpanContext | undefined;
}

interface ClientRequest {
  peer: string;
  method: string;
  /** The HTTP status, or the error's type when there was no answer. */
  outcome: string;
  seconds: number;
}

export interface Metrics {
  registry: Registry<OpenMetricsContentType>;
  observeServerRequest(request: ServerRequest): void;
  observeClientRequest(request: ClientRequest): void;
}

type ServerLabels =
  "http_request_method" | "http_route" | "http_response_status_code" | "trace_id" | "span_id";
type ClientLabels = "peer_service" | "http_request_method" | "outcome";

/** One OpenMetrics registry per service, so that latencies can carry exemplars. Names follow OpenTelemetry's. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry as unknown as Registry });

  const server = new Histogram<ServerLabels>({
    name: "http_server_request_duration_seconds",
    help: "Duration of HTTP server requests",
    labelNames: ["http_request_method", "http_route", "http_response_status_code"],
    buckets: durationBuckets,
    enableExemplars: true,
    registers: [registry],
  });
  const client = new Histogram<ClientLabels>({
    name: "http_client_request_duration_seconds",
    help: "Duration of HTTP client requests, one sample per attempt",
    labelNames: ["peer_service", "http_request_method", "outcome"],
    buckets: durationBuckets,
    registers: [registry],
  });

  return {
    registry,
    observeServerRequest({ method, route, status, seconds, span }) {
      server.observe({
        labels: { http_request_method: method, http_route: route, http_response_status_code: String(status) },
        value: seconds,
        // An exemplar is there to be followed, and only a sampled trace is kept.
        ...(isSampled(span) && { exemplarLabels: { trace_id: span.traceId, span_id: span.spanId } }),
      });
    },
    observeClientRequest({ peer, method, outcome, seconds }) {
      client.observe({ peer_service: peer, http_request_method: method, outcome }, seconds);
    },
  };
}

const isSampled = (span: SpanContext | undefined): span is SpanContext =>
  span !== undefined && (span.traceFlags & TraceFlags.SAMPLED) !== 0;
