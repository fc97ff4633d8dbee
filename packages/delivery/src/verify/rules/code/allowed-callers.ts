import { ofKind, type RenderedKind } from "../../tree/kinds.ts";
import { podsOf, selects } from "../../tree/pods.ts";
import { besides } from "../../tree/scopes.ts";
import type { Deployed } from "./deployments.ts";

/** The gateway's ServiceAccount, and its namespace. */
export const gateway = "istio-ingress";

/** The ServiceAccounts that the policies of a service's pods let in; "*" for one that lets anybody in. */
export function identitiesAllowed({
  rollout,
  environment,
}: Deployed): Map<string, RenderedKind<"AuthorizationPolicy">> {
  const labels = rollout.manifest.spec?.template?.metadata?.labels ?? {};
  const policies = ofKind(besides(environment.objects, rollout), "AuthorizationPolicy").filter(
    ({ manifest: { spec } }) =>
      (spec?.action ?? "ALLOW") === "ALLOW" && selects({ matchLabels: spec?.selector?.matchLabels }, labels),
  );
  return new Map(
    policies.flatMap((policy) =>
      (policy.manifest.spec?.rules ?? []).flatMap(({ from }) => {
        const sources = (from ?? [{ source: undefined }]).flatMap(({ source }) => [
          ...(source?.serviceAccounts ?? []).map((account) => account.split("/").at(-1) ?? "*"),
          ...(source?.principals ?? []).map((principal) => /\/sa\/([\w-]+)$/.exec(principal)?.[1] ?? "*"),
        ]);
        return (sources.length > 0 ? sources : ["*"]).map((name) => [name, policy] as const);
      }),
    ),
  );
}

type NetworkPeer = {
  podSelector?: Parameters<typeof selects>[0];
  namespaceSelector?: { matchLabels?: Readonly<Record<string, string>> };
  ipBlock?: object;
};

export function podsAllowedIn(deployed: Deployed): Map<string, RenderedKind<"NetworkPolicy">> {
  return peers(deployed, (policy) =>
    (policy.manifest.spec?.ingress ?? [])
      .filter(({ ports = [] }) => reachesService(ports, deployed))
      .map(({ from }) => from),
  );
}

export function podsAllowedOut(deployed: Deployed): Map<string, RenderedKind<"NetworkPolicy">> {
  return peers(deployed, (policy) => (policy.manifest.spec?.egress ?? []).map(({ to }) => to));
}

/** Whether a rule is about the port at which the service answers, not about its sidecar's own. */
const reachesService = (ports: readonly { port?: string | number }[], { service }: Deployed): boolean =>
  ports.length === 0 || ports.some(({ port = "http" }) => port === "http" || port === service.port);

/** The services among the pods that a policy's peers select; "*" where a rule names no peer. */
function peers(
  { rollout, environment }: Deployed,
  rulesOf: (policy: RenderedKind<"NetworkPolicy">) => (readonly NetworkPeer[] | undefined)[],
): Map<string, RenderedKind<"NetworkPolicy">> {
  const labels = rollout.manifest.spec?.template?.metadata?.labels ?? {};
  const inside = besides(environment.objects, rollout);
  const services = podsOf(ofKind(inside, "Rollout"));
  const policies = ofKind(inside, "NetworkPolicy").filter(({ manifest }) =>
    selects(manifest.spec?.podSelector ?? {}, labels),
  );
  return new Map(
    policies.flatMap((policy) =>
      rulesOf(policy).flatMap((rule) => {
        if (!rule) return [["*", policy] as const];
        return rule.flatMap((peer) => namesOf(peer, services).map((name) => [name, policy] as const));
      }),
    ),
  );
}

function namesOf(
  { podSelector, namespaceSelector, ipBlock }: NetworkPeer,
  services: ReturnType<typeof podsOf>,
): string[] {
  if (ipBlock) return ["*"];
  if (namespaceSelector) return inNamespace(namespaceSelector.matchLabels?.["kubernetes.io/metadata.name"]);
  return services
    .filter(({ labels }) => selects(podSelector ?? {}, labels))
    .map(({ owner }) => owner.manifest.metadata.name);
}

/** Of the platform's namespaces only the gateway's has a caller in it; one that is not named may be anybody's. */
function inNamespace(name: string | undefined): string[] {
  if (name === gateway) return [gateway];
  return name !== undefined && platform.has(name) ? [] : ["*"];
}

// DNS, the mesh's control plane, and whom telemetry is sent to.
const platform = new Set(["kube-system", "istio-system", "monitoring", "observability"]);
