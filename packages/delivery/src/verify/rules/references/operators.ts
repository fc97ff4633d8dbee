import { ofKind } from "../../tree/kinds.ts";
import { selects } from "../../tree/pods.ts";
import type { Scope } from "../../tree/scopes.ts";

/** Whether a selector takes pods that an operator makes: CloudNativePG's carry the labels that its Cluster passes on. */
export const isPodOfOperators = (scope: Scope, selector: Parameters<typeof selects>[0]): boolean =>
  ofKind(scope.objects, "Cluster").some(({ manifest }) =>
    selects(selector, {
      ...manifest.spec?.inheritedMetadata?.labels,
      "cnpg.io/cluster": manifest.metadata.name,
      "cnpg.io/podRole": "instance",
    }),
  );
