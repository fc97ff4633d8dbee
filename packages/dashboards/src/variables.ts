import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { metricSource } from "./query.ts";

export type VariableBuilder = Builder<VariableModel>;

const metrics = new DatasourceVariableBuilder("datasource").label("Metrics").type("prometheus");
/** Where links to traces lead. */
const traces = new DatasourceVariableBuilder("traces").label("Traces").type("jaeger");

/** An environment of the mall is a namespace. */
const namespace = labelValues({
  name: "namespace",
  label: "Namespace",
  of: 'http_server_request_duration_seconds_count{namespace=~"mall-.+"}',
  values: "namespace",
});

/** On every dashboard, in this order. */
export const common: readonly VariableBuilder[] = [metrics, traces, namespace];

const services: LabelValues = {
  name: "service",
  label: "Service",
  of: 'http_server_request_duration_seconds_count{namespace="$namespace"}',
  values: "service",
};

export const oneService = labelValues(services);
export const someServices = labelValues({ ...services, many: true });

/** The ReplicaSets of the chosen service, by the hash with which Argo Rollouts tells versions apart. */
export const someReplicaSets = labelValues({
  name: "hash",
  label: "Pod template hash",
  of: 'http_server_request_duration_seconds_count{namespace="$namespace", service="$service"}',
  values: "rollouts_pod_template_hash",
  many: true,
});

/** Runs of k6, by the name that the k6-operator gives them. */
export const someTestRuns = labelValues({
  name: "testrun",
  label: "Test run",
  of: "k6_vus",
  values: "testrun_name",
  many: true,
});

interface LabelValues {
  readonly name: string;
  readonly label: string;
  /** The series to look at. */
  readonly of: string;
  /** The label whose values there are to choose from. */
  readonly values: string;
  /** Whether several can be chosen, or all: then anything matches, a missing label too. */
  readonly many?: boolean;
}

function labelValues({ name, label, of, values, many = false }: LabelValues): VariableBuilder {
  const query = `label_values(${of}, ${values})`;
  const variable = new QueryVariableBuilder(name)
    .label(label)
    .datasource(metricSource)
    .query({ query, refId: name })
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged);
  if (many)
    variable
      .multi(true)
      .includeAll(true)
      .allValue(".*")
      .current({ text: ["All"], value: ["$__all"] });
  return { build: () => ({ ...variable.build(), sort: VariableSort.AlphabeticalAsc }) };
}
