import type { ServicePlan } from "./service-plan.ts";

export interface Surroundings {
  /** By service name. */
  urls: Record<string, string>;
  databaseUrl: string | undefined;
  faultsFile: string;
  /** Where OTLP goes unless the environment already says so. */
  collectorUrl: string;
  isCollector: boolean;
  /** Base URLs of the services that run and have /metrics, by name. */
  scraped: Record<string, string>;
  /** What the launcher itself was given. */
  inherited: NodeJS.ProcessEnv;
}

/** The whole environment of a service's process: everything it knows of the others stands here. */
export function serviceEnvironment(plan: ServicePlan, port: number, around: Surroundings): NodeJS.ProcessEnv {
  const { DATABASE_URL: _administrators, METRICS_TARGETS: givenTargets, ...inherited } = around.inherited;
  const neighbours = [...plan.calls, ...plan.delivers].map((name) => [variableFor(name), around.urls[name]]);
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: around.collectorUrl,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
    OTEL_METRICS_EXPORTER: "none", // Prometheus reads them from /metrics
    OTEL_LOGS_EXPORTER: "otlp", // beside the lines of the log file
    OTEL_NODE_RESOURCE_DETECTORS: "env", // no machine names, and a faster start
    TRACE_URL: `${around.collectorUrl}/traces/{traceId}`, // where a page may link to a trace
    SHUTDOWN_TIMEOUT_MS: "1500", // so that what it closes then still ends before it is killed
    ...inherited,
    ...(around.isCollector ? collectorEnvironment(givenTargets ?? scrapeTargets(around.scraped)) : {}),
    HOST: "127.0.0.1",
    PORT: String(port),
    OTEL_SERVICE_NAME: plan.name,
    FAULTS_FILE: around.faultsFile,
    ...Object.fromEntries(neighbours),
    ...(around.databaseUrl ? { DATABASE_URL: around.databaseUrl } : {}),
  };
}

const collectorEnvironment = (targets: string): NodeJS.ProcessEnv => ({
  OTEL_TRACES_EXPORTER: "none", // it would trace its receiving for ever
  METRICS_TARGETS: targets,
});

/** `cart=http://127.0.0.1:8008/metrics,…` */
function scrapeTargets(urls: Record<string, string>): string {
  return Object.entries(urls)
    .map(([name, url]) => `${name}=${url}/metrics`)
    .join(",");
}

function variableFor(service: string): string {
  return `${service.toUpperCase().replaceAll("-", "_")}_URL`;
}
