import type { IContainer } from "kubernetes-models/v1/Container";
import type { Finding } from "../../rule.ts";
import { ofKind, type RenderedKind } from "../../tree/kinds.ts";
import type { ServiceDeclaration } from "../../tree/services.ts";
import { type Environment, environmentsOf, type Tree } from "../../tree/tree.ts";

/** A service where it runs: its Rollout in one environment, beside what its code says of it. */
export interface Deployed {
  readonly service: ServiceDeclaration;
  readonly rollout: RenderedKind<"Rollout">;
  readonly container: IContainer;
  readonly environment: Environment;
}

export const eachDeployed = (tree: Tree, check: (deployed: Deployed) => Finding[]): Finding[] =>
  environmentsOf(tree).flatMap((environment) =>
    ofKind(environment.objects, "Rollout").flatMap((rollout) => {
      const service = tree.services.find(({ name }) => name === rollout.manifest.metadata.name);
      const container = rollout.manifest.spec?.template?.spec?.containers[0];
      return service && container ? check({ service, rollout, container, environment }) : [];
    }),
  );
