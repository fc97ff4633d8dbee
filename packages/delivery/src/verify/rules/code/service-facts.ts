import type { Finding, Rule } from "../../rule.ts";
import { ofKind } from "../../tree/kinds.ts";
import { find } from "../../tree/scopes.ts";
import { environmentsOf } from "../../tree/tree.ts";
import { type Deployed, eachDeployed } from "./deployments.ts";

export const serviceFactRules: readonly Rule[] = [
  {
    name: "code/everywhere",
    because: "A service that an environment lacks breaks all who call it there.",
    check: (tree) =>
      environmentsOf(tree).flatMap(({ name: environment, objects }) => {
        const rollouts = new Set(ofKind(objects, "Rollout").map(({ manifest }) => manifest.metadata.name));
        const services = new Set(tree.services.map(({ name }) => name));
        return [
          ...[...services]
            .filter((name) => !rollouts.has(name))
            .map((name) => ({
              file: `overlays/${environment}/${name}/kustomization.yaml`,
              problem: `services/${name} has no Rollout in ${environment}`,
              mend: "Add its leaf: docs/add-a-service.md says how.",
            })),
          ...ofKind(objects, "Rollout")
            .filter(({ manifest }) => !services.has(manifest.metadata.name))
            .map((object) => ({
              object,
              problem: `there is no services/${object.manifest.metadata.name} with a "mall" key in its package.json`,
              mend: "Name the Rollout after its service, or take the leaf out.",
            })),
        ];
      }),
  },
  {
    name: "code/port",
    because: "A container that listens where nobody looks is never ready.",
    check: (tree) => eachDeployed(tree, portFindings),
  },
  {
    name: "code/service-port",
    because:
      "The services call each other at http://<service>, which is port 80, and the mesh reads the port's name.",
    check: (tree) =>
      eachDeployed(tree, ({ service, rollout, environment }) => {
        const object = find(
          { name: environment.name, objects: environment.objects },
          "Service",
          service.name,
          rollout,
        );
        if (!object)
          return [
            {
              object: rollout,
              problem: `there is no Service ${service.name}`,
              mend: "Take ../components/service into its base.",
            },
          ];
        const isUsual = object.manifest.spec?.ports?.some(
          ({ name, port, targetPort }) => name === "http" && port === 80 && targetPort === "http",
        );
        return isUsual
          ? []
          : [{ object, problem: "it has no port 80 named http to targetPort http", mend: "Give it one." }];
      }),
  },
];

function portFindings({ service, rollout, container }: Deployed): Finding[] {
  const variable = container.env?.find(({ name }) => name === "PORT")?.value;
  const listening = container.ports?.find(({ name }) => name === "http")?.containerPort;
  const scraped = rollout.manifest.spec?.template?.metadata?.annotations?.["prometheus.io/port"];
  return [
    ["the variable PORT", variable],
    ["the container's port http", listening],
    ["the annotation prometheus.io/port", scraped],
  ]
    .filter(([, port]) => String(port) !== String(service.port))
    .map(([what, port]) => ({
      object: rollout,
      problem: `${what} is ${port ?? "missing"}, and services/${service.name}/package.json says ${service.port}`,
      mend: "Write the port of the code.",
    }));
}
