/**
 * The commands that this project runs and does not write. A Go command's version stands in `tools/<name>/go.mod`, a
 * Python one's in `tools/<name>/requirements.txt`, each with the checksums of all it is made of.
 */
interface Pinned {
  /** What makes the command print its version. */
  readonly versionArguments: readonly string[];
  /** Whether what is on the PATH, by what it prints, may stand in for the pinned version. */
  readonly accepts: (printed: string, pinned: string) => boolean;
}

export interface GoTool extends Pinned {
  readonly language: "go";
  readonly package: string;
  /** The module in go.mod whose version is the tool's. */
  readonly module: string;
  /** How long it takes to build on two cores, with nothing in Go's cache. */
  readonly buildSeconds: number;
}

export interface PythonTool extends Pinned {
  readonly language: "python";
}

export type PinnedTool = GoTool | PythonTool;

const exactly = (printed: string, pinned: string): boolean =>
  printed.match(/\d+(?:\.\d+)+/g)?.includes(pinned.replace(/^v/, "")) ?? false;

export const pinnedTools = {
  // Argo CD bundles this version: another one may render something else than what is deployed.
  kustomize: {
    language: "go",
    package: "sigs.k8s.io/kustomize/kustomize/v5",
    module: "sigs.k8s.io/kustomize/kustomize/v5",
    versionArguments: ["version"],
    accepts: exactly,
    buildSeconds: 15,
  },
  k6: {
    language: "go",
    package: "go.k6.io/k6/v2",
    module: "go.k6.io/k6/v2",
    versionArguments: ["version"],
    accepts: exactly,
    buildSeconds: 75,
  },
  actionlint: {
    language: "go",
    package: "github.com/rhysd/actionlint/cmd/actionlint",
    module: "github.com/rhysd/actionlint",
    versionArguments: ["-version"],
    accepts: exactly,
    buildSeconds: 5,
  },
  // Prometheus 3.8 is module v0.308. The system's package is older and reads the same rule files.
  promtool: {
    language: "go",
    package: "github.com/prometheus/prometheus/cmd/promtool",
    module: "github.com/prometheus/prometheus",
    versionArguments: ["--version"],
    accepts: (printed) => /^promtool, version (2\.(4[2-9]|5\d)|3)\./m.test(printed),
    buildSeconds: 300,
  },
  // Its module has no released versions, only commits; the analysers are those of the release it was cut from.
  istioctl: {
    language: "go",
    package: "istio.io/istio/istioctl/cmd/istioctl",
    module: "istio.io/istio",
    versionArguments: ["version", "--remote=false"],
    accepts: (printed) => /\b1\.3[01]\.\d+/.test(printed),
    buildSeconds: 420,
  },
  "kubectl-argo-rollouts": {
    language: "go",
    package: "github.com/argoproj/argo-rollouts/cmd/kubectl-argo-rollouts",
    module: "github.com/argoproj/argo-rollouts",
    versionArguments: ["version"],
    accepts: exactly,
    buildSeconds: 360,
  },
  "kube-score": {
    language: "go",
    package: "github.com/zegl/kube-score/cmd/kube-score",
    module: "github.com/zegl/kube-score",
    versionArguments: ["version"],
    accepts: exactly,
    buildSeconds: 20,
  },
  zizmor: { language: "python", versionArguments: ["--version"], accepts: exactly },
} as const satisfies Record<string, PinnedTool>;

export type ToolName = keyof typeof pinnedTools;
