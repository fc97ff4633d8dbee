import type { IVirtualService } from "@kubernetes-models/istio/networking.istio.io/v1/VirtualService";
import { ofKind, type RenderedKind } from "../../tree/kinds.ts";
import type { Rendered } from "../../tree/manifest.ts";
import type { Scope } from "../../tree/scopes.ts";

export type HttpRoute = NonNullable<NonNullable<IVirtualService["spec"]>["http"]>[number];
export type Destination = NonNullable<HttpRoute["route"]>[number];

export const routesOf = ({ manifest }: RenderedKind<"VirtualService">): readonly HttpRoute[] =>
  manifest.spec?.http ?? [];

/** The Service or ServiceEntry that a host of the mesh means: `cart`, `cart.mall-dev`, or the full name. */
export function serviceAt(scope: Scope, host: string, from: Rendered): Rendered | undefined {
  const [name, namespace = from.manifest.metadata.namespace] = host.split(".");
  const service = ofKind(scope.objects, "Service").find(
    ({ manifest: { metadata } }) => metadata.name === name && metadata.namespace === namespace,
  );
  return (
    service ??
    ofKind(scope.objects, "ServiceEntry").find(({ manifest }) => manifest.spec?.hosts.includes(host))
  );
}

/** Whether two names in the mesh are the same host, seen from the same object. */
export const isSameHost = (scope: Scope, one: string, other: string, from: Rendered): boolean =>
  one === other || (serviceAt(scope, one, from) ?? one) === serviceAt(scope, other, from);

/** The names of the subsets that DestinationRules define for a host. */
export const subsetsOf = (scope: Scope, host: string, from: Rendered): string[] =>
  ofKind(scope.objects, "DestinationRule")
    .filter(({ manifest }) => isSameHost(scope, manifest.spec?.host ?? "", host, from))
    .filter(({ manifest }) => manifest.metadata.namespace === from.manifest.metadata.namespace)
    .flatMap(({ manifest }) => (manifest.spec?.subsets ?? []).map(({ name }) => name));
