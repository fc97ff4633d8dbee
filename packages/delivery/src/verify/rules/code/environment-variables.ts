import type { IContainer } from "kubernetes-models/v1/Container";
import type { Finding, Rule } from "../../rule.ts";
import type { ServiceDeclaration } from "../../tree/services.ts";
import { type Deployed, eachDeployed } from "./deployments.ts";

type Variable = NonNullable<IContainer["env"]>[number];

export const environmentVariableRules: readonly Rule[] = [
  {
    name: "code/variable-known",
    because:
      "A variable that the service does not read is a setting that has no effect, often a misspelt one.",
    check: (tree) => eachDeployed(tree, unknownVariables),
  },
  {
    name: "code/variable-complete",
    because: "A service without a variable that it needs ends before it listens.",
    check: (tree) =>
      eachDeployed(tree, ({ service, rollout, container }) => {
        const set = new Set((container.env ?? []).map(({ name }) => name));
        return service.variables
          .filter(({ name, refusal }) => !set.has(name) && refusal(undefined) !== undefined)
          .map(({ name }) => ({
            object: rollout,
            problem: `it does not get ${name}, which services/${service.name}/src/config.ts needs`,
            mend: `Add it to the environment in base/${service.name}.`,
          }));
      }),
  },
  {
    name: "code/variable-value",
    because: "A service ends before it listens when it cannot read a variable.",
    check: (tree) =>
      eachDeployed(tree, ({ service, rollout, container }) =>
        literals(container).flatMap(({ name, value }) => {
          const refusal = service.variables.find((variable) => variable.name === name)?.refusal(value);
          return refusal
            ? [
                {
                  object: rollout,
                  problem: `${name} is "${value}", which the service refuses (${refusal})`,
                  mend: "Write a value that its config.ts takes.",
                },
              ]
            : [];
        }),
      ),
  },
  {
    name: "code/variable-once",
    because: "Of two values of one variable the last one wins, and the reader believes the first.",
    check: (tree) =>
      eachDeployed(tree, ({ rollout, container }) => {
        const names = (container.env ?? []).map(({ name }) => name);
        return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map((name) => ({
          object: rollout,
          problem: `${name} is set twice`,
          mend: "Take one of them out.",
        }));
      }),
  },
];

function unknownVariables({ service, rollout, container }: Deployed): Finding[] {
  const all = container.env ?? [];
  // Kubernetes fills `$(NAME)` in: such a variable is there for another one.
  const referred = new Set(
    all.flatMap(({ value = "" }) => [...value.matchAll(/\$\((\w+)\)/g)].map(([, name]) => name)),
  );
  return all
    .filter(({ name }) => !isRead(name, service) && !referred.has(name))
    .map(({ name }) => ({
      object: rollout,
      problem: `it gets ${name}, which nothing in it reads`,
      mend: `Correct the name (services/${service.name}/src/config.ts, packages/kit/src/service/config.ts), or take it out.`,
    }));
}

// Read by what the container runs besides the service's own code.
const readByTelemetry = new Set([
  "OTEL_SERVICE_NAME",
  "OTEL_RESOURCE_ATTRIBUTES",
  "OTEL_EXPORTER_OTLP_ENDPOINT",
  "OTEL_EXPORTER_OTLP_PROTOCOL",
  "OTEL_EXPORTER_OTLP_TIMEOUT",
  "OTEL_METRICS_EXPORTER",
  "OTEL_LOGS_EXPORTER",
  "OTEL_TRACES_EXPORTER",
  "OTEL_TRACES_SAMPLER",
  "OTEL_TRACES_SAMPLER_ARG",
  "OTEL_PROPAGATORS",
  "OTEL_NODE_RESOURCE_DETECTORS",
  "OTEL_SDK_DISABLED",
  "OTEL_BSP_SCHEDULE_DELAY",
  "OTEL_BSP_MAX_QUEUE_SIZE",
  "SERVICE_VERSION", // packages/kit/src/telemetry/preload.ts
]);
const readByNode = new Set(["NODE_OPTIONS", "UV_THREADPOOL_SIZE"]);

const isRead = (name: string, service: ServiceDeclaration): boolean =>
  service.variables.some((variable) => variable.name === name) ||
  readByTelemetry.has(name) ||
  readByNode.has(name);

/** Variables whose value stands in the manifest, and is not put together from others. */
const literals = ({ env = [] }: IContainer): (Variable & { value: string })[] =>
  env.flatMap((variable) =>
    variable.value !== undefined && !variable.value.includes("$(")
      ? [{ ...variable, value: variable.value }]
      : [],
  );
