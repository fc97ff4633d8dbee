/** The Go programs of the bare backend. Each module's go.mod pins the version, its go.sum what was downloaded. */
export interface Program {
  name: string;
  /** Folder of the module, from the repository. */
  module: string;
  /** What is compiled: a package of the module's requirements, or "." for the module's own main. */
  package: string;
  /** Seconds of one core of a plain laptop for a cold build, to say how long the wait will be. */
  seconds: number;
  /** Values written into the program's variables at link time. */
  stamp?: Record<string, string>;
}

const kubernetesVersion = "v1.34.4";

/** istiod and others compare versions: without these a component says v0.0.0. */
const kubernetesStamp = Object.fromEntries(
  ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].flatMap((variables) => [
    [`${variables}.gitVersion`, kubernetesVersion],
    [`${variables}.gitMajor`, "1"],
    [`${variables}.gitMinor`, kubernetesVersion.split(".")[1] ?? ""],
    [`${variables}.gitTreeState`, "archive"],
    [`${variables}.gitCommit`, "0".repeat(40)],
    [`${variables}.buildDate`, "1970-01-01T00:00:00Z"],
  ]),
);

export const programs: readonly Program[] = [
  {
    name: "kustomize",
    module: "tools/kustomize",
    package: "sigs.k8s.io/kustomize/kustomize/v5",
    seconds: 30,
  },
  { name: "etcd", module: "cluster/modules/etcd", package: "go.etcd.io/etcd/server/v3", seconds: 80 },
  { name: "coredns", module: "cluster/modules/coredns", package: ".", seconds: 60 },
  // The five components of Kubernetes in one program, chosen by the name it is called by: a third of the time.
  {
    name: "hyperkube",
    module: "cluster/modules/kubernetes",
    package: ".",
    seconds: 740,
    stamp: kubernetesStamp,
  },
  {
    name: "kubectl",
    module: "cluster/modules/kubernetes",
    package: "k8s.io/kubernetes/cmd/kubectl",
    seconds: 60,
    stamp: kubernetesStamp,
  },
  {
    name: "metrics-server",
    module: "cluster/modules/metrics-server",
    package: "sigs.k8s.io/metrics-server/cmd/metrics-server",
    seconds: 150,
  },
  {
    name: "pilot-discovery",
    module: "cluster/modules/istio",
    package: "istio.io/istio/pilot/cmd/pilot-discovery",
    seconds: 600,
  },
  {
    name: "pilot-agent",
    module: "cluster/modules/istio",
    package: "istio.io/istio/pilot/cmd/pilot-agent",
    seconds: 40,
  },
  {
    name: "istioctl",
    module: "cluster/modules/istio",
    package: "istio.io/istio/istioctl/cmd/istioctl",
    seconds: 200,
  },
  {
    name: "argocd",
    module: "cluster/modules/argo-cd",
    package: "github.com/argoproj/argo-cd/v3/cmd",
    seconds: 700,
  },
  {
    name: "rollouts-controller",
    module: "cluster/modules/argo-rollouts",
    package: "github.com/argoproj/argo-rollouts/cmd/rollouts-controller",
    seconds: 400,
  },
  {
    name: "prometheus",
    module: "cluster/modules/prometheus",
    package: "github.com/prometheus/prometheus/cmd/prometheus",
    seconds: 400,
  },
  { name: "k6", module: "tools/k6", package: "go.k6.io/k6/v2", seconds: 130 },
];
