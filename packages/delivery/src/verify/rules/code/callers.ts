import type { Finding, Rule } from "../../rule.ts";
import type { RenderedKind } from "../../tree/kinds.ts";
import type { Tree } from "../../tree/tree.ts";
import { gateway, identitiesAllowed, podsAllowedIn, podsAllowedOut } from "./allowed-callers.ts";
import { type Deployed, eachDeployed } from "./deployments.ts";

/** Who may call whom stands once, in the services' package.json files; tests/traces shows it to be what really happens. */
export const callerRules: readonly Rule[] = [
  {
    name: "code/authorization",
    because: "A caller too few is refused (403); a caller too many is a way in that nobody meant.",
    check: (tree) =>
      eachDeployed(tree, (deployed) =>
        differences(deployed, callersOf(tree, deployed), "AuthorizationPolicy", identitiesAllowed(deployed)),
      ),
  },
  {
    name: "code/network-ingress",
    because: "Below the mesh the same holds: a pod takes connections from its callers only.",
    check: (tree) =>
      eachDeployed(tree, (deployed) =>
        differences(deployed, callersOf(tree, deployed), "NetworkPolicy", podsAllowedIn(deployed)),
      ),
  },
  {
    name: "code/network-egress",
    because: "A service that may connect to whom it never calls is a ladder for an intruder.",
    check: (tree) =>
      eachDeployed(tree, (deployed) => {
        const { calls, delivers } = deployed.service;
        return differences(
          deployed,
          new Set([...calls, ...delivers]),
          "NetworkPolicy",
          podsAllowedOut(deployed),
          "may connect to",
        );
      }),
  },
  {
    name: "code/peer-address",
    because: "A service that is not told where its peer is, or told wrongly, fails at the first call.",
    check: (tree) =>
      eachDeployed(tree, ({ service, rollout, container }) =>
        [...service.calls, ...service.delivers].flatMap((peer) => {
          const variable = `${peer.toUpperCase().replaceAll("-", "_")}_URL`;
          const value = container.env?.find(({ name }) => name === variable)?.value;
          return value === `http://${peer}`
            ? []
            : [
                {
                  object: rollout,
                  problem: `${variable} is ${value ?? "missing"}`,
                  mend: `Make it http://${peer}.`,
                },
              ];
        }),
      ),
  },
];

/** The storefront's only caller is the gateway: everybody comes in there. */
const entrance = "frontend";

const callersOf = ({ services }: Tree, { service }: Deployed): Set<string> => {
  const callers = services.filter(({ calls, delivers }) => [...calls, ...delivers].includes(service.name));
  return new Set([...callers.map(({ name }) => name), ...(service.name === entrance ? [gateway] : [])]);
};

function differences(
  { rollout, service }: Deployed,
  declared: ReadonlySet<string>,
  kind: string,
  allowed: ReadonlyMap<string, RenderedKind<"AuthorizationPolicy"> | RenderedKind<"NetworkPolicy">>,
  verb = "may be called by",
): Finding[] {
  const tooMany = [...allowed].filter(([name]) => !declared.has(name));
  const tooFew = [...declared].filter((name) => !allowed.has(name));
  return [
    ...tooMany.map(([name, object]) => ({
      object,
      problem: `${service.name} ${verb} ${name}, and no package.json of services/ says so`,
      mend: "Take it out of the policy, or declare the call where it is made.",
    })),
    ...tooFew.map((name) => ({
      object: [...allowed.values()][0] ?? rollout,
      problem: `no ${kind} says that ${service.name} ${verb} ${name}, and a package.json of services/ does`,
      mend: `Add ${name} to callers or calls in base/${service.name}.`,
    })),
  ];
}
