import type { Rule } from "../../rule.ts";
import { basesOf, imagesOf } from "../../tree/kustomization.ts";
import { ofKind } from "../../tree/kinds.ts";
import { remoteBase } from "../../tree/remote-bases.ts";
import { ownObjects, type Tree } from "../../tree/tree.ts";
import { imagesIn } from "../images/references.ts";
import { applicationsOf } from "./applications.ts";

/** A version, and the file that says it. */
interface Mention {
  readonly part: string;
  readonly version: string;
  readonly file: string;
}

export const versionRules: readonly Rule[] = [
  {
    name: "argo-cd/versions-agree",
    because: "What is tested with one version and runs with another was not tested.",
    check: (tree) => {
      const byPart = Map.groupBy(mentionsIn(tree), ({ part }) => part);
      return [...byPart].flatMap(([part, [first, ...others]]) =>
        others
          .filter(({ version }) => bare(version) !== bare(first?.version ?? ""))
          .map(({ version, file }) => ({
            file,
            problem: `${part} is ${version} here and ${first?.version} in ${first?.file}`,
            mend: "Write the same version in both: docs/upgrade-the-platform.md lists the places.",
          })),
      );
    },
  },
  {
    name: "argo-cd/chart-pinned",
    because: "A chart's range of versions upgrades itself on a day that nobody chose.",
    check: (tree) =>
      [...ofKind(ownObjects(tree), "Application")].flatMap((object) => {
        const { source, sources = [] } = object.manifest.spec ?? {};
        return [...sources, ...(source ? [source] : [])]
          .filter(({ chart, targetRevision = "" }) => chart && !/^v?\d+\.\d+\.\d+$/.test(targetRevision))
          .map(({ chart, targetRevision }) => ({
            object,
            problem: `it takes chart ${chart} at ${targetRevision ?? "any version"}`,
            mend: "Name one version, all three numbers of it.",
          }));
      }),
  },
  {
    name: "argo-cd/upgrade-documented",
    because: "Who upgrades follows the page; a part that it does not name is forgotten.",
    check: (tree) => {
      const file = "docs/upgrade-the-platform.md";
      const page = tree.files.get(file) ?? "";
      const parts = applicationsOf(tree).flatMap(({ sources }) =>
        sources.flatMap(({ chart }) => chart ?? []),
      );
      return [...new Set(parts)]
        .filter((chart) => !page.includes(chart))
        .map((chart) => ({
          file,
          problem: `it does not say how ${chart} is upgraded`,
          mend: "Add the part to its table.",
        }));
    },
  },
];

const bare = (version: string): string => version.replace(/^v/, "");

function mentionsIn(tree: Tree): Mention[] {
  const bases = tree.kustomizations.flatMap((kustomization) =>
    basesOf(kustomization).flatMap((address) => {
      const base = remoteBase(address);
      return base ? [{ part: partOf(base.repository), version: base.version, file: kustomization.file }] : [];
    }),
  );
  const parts = new Set(bases.map(({ part }) => part));
  const entries = tree.kustomizations.flatMap((kustomization) =>
    imagesOf(kustomization).map(({ name, newTag = "" }) => ({
      part: partOf(name),
      version: newTag,
      file: kustomization.file,
    })),
  );
  const images = imagesIn(ownObjects(tree)).map(({ name, tag = "", object }) => ({
    part: partOf(name),
    version: tag,
    file: object.file,
  }));
  const istio = [...ofKind(ownObjects(tree), "Application")].flatMap(({ manifest, file }) =>
    (manifest.spec?.sources ?? []).flatMap(({ repoURL, targetRevision = "" }) =>
      repoURL.includes("istio-release") ? [{ part: "istio", version: targetRevision, file }] : [],
    ),
  );
  return [
    ...bases,
    ...[...entries, ...images].filter(({ part }) => parts.has(part)),
    ...istio,
    ...pinnedTools(tree),
  ];
}

/** `argoproj/argo-rollouts`, `quay.io/argoproj/argocd`: the last part, as one name. */
const partOf = (name: string): string => (name.split("/").at(-1) ?? name).replace("argo-cd", "argocd");

/** The tools that must be of the platform's own version. */
function pinnedTools(tree: Tree): Mention[] {
  const pinned = [
    {
      part: "argo-rollouts",
      file: "tools/kubectl-argo-rollouts/go.mod",
      module: "github.com/argoproj/argo-rollouts",
    },
    { part: "k6", file: "tools/k6/go.mod", module: "go.k6.io/k6/v2" },
  ];
  const k6 = tree.kustomizations.flatMap((kustomization) =>
    imagesOf(kustomization)
      .filter(({ newName }) => newName === "docker.io/grafana/k6")
      .map(({ newTag = "" }) => ({ part: "k6", version: newTag, file: kustomization.file })),
  );
  return [
    ...k6,
    ...pinned.flatMap(({ part, file, module }) => {
      const version = tree.files.get(file)?.match(new RegExp(`${module} (v\\S+)`))?.[1];
      return version ? [{ part, version, file }] : [];
    }),
  ];
}
