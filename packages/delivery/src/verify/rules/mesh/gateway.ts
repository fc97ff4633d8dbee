import type { Finding, Rule } from "../../rule.ts";
import { ofKind } from "../../tree/kinds.ts";
import { find, own, scopesOf } from "../../tree/scopes.ts";
import type { Tree } from "../../tree/tree.ts";

export const gatewayRule: Rule = {
  name: "mesh/gateway",
  because: "Hosts at a Gateway that is not there, or that does not take them, are not reached from outside.",
  check: gatewayFindings,
};

function gatewayFindings(tree: Tree): Finding[] {
  return scopesOf(tree).flatMap((scope) =>
    ofKind(own(scope), "VirtualService").flatMap((object) => {
      const { gateways = [], hosts = [] } = object.manifest.spec ?? {};
      return gateways
        .filter((name) => name !== "mesh")
        .flatMap((name) => {
          const gateway = find(scope, "Gateway", name.split("/").at(-1), object);
          if (!gateway)
            return [
              { object, problem: `there is no Gateway ${name}`, mend: "Name one of the same namespace." },
            ];
          const taken = (gateway.manifest.spec?.servers ?? []).flatMap((server) => server.hosts);
          return taken
            .filter((host) => !hosts.includes(host) && host !== "*")
            .map((host) => ({
              object,
              problem: `Gateway ${name} takes ${host}, and no route of this VirtualService does`,
              mend: "Write the same hosts in both.",
            }));
        });
    }),
  );
}
