// The published models are compiled from the projects' own Go types and CRDs, one module per kind, so that only what is
// used is loaded. Ends with the group's version and the kind, as an object writes them.
const packages: Readonly<Record<string, string>> = {
  "networking.istio.io": "@kubernetes-models/istio",
  "security.istio.io": "@kubernetes-models/istio",
  "telemetry.istio.io": "@kubernetes-models/istio",
  "monitoring.coreos.com": "@kubernetes-models/prometheus-operator",
  "postgresql.cnpg.io": "@kubernetes-models/cloudnative-pg",
};

// Two projects share the group argoproj.io.
const argoCdKinds = new Set(["Application", "ApplicationSet", "AppProject"]);

/** Where the model of a kind is imported from, whether it is there or not. */
export function modelAddress(apiVersion: string, kind: string): string {
  const group = apiVersion.split("/")[0] ?? "";
  const owner =
    group === "argoproj.io"
      ? `@kubernetes-models/${argoCdKinds.has(kind) ? "argo-cd" : "argo-rollouts"}`
      : (packages[group] ?? "kubernetes-models");
  return `${owner}/${apiVersion}/${kind}`;
}
