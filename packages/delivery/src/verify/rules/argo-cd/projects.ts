import type { Finding, Rule } from "../../rule.ts";
import { ofKind } from "../../tree/kinds.ts";
import { ownObjects } from "../../tree/tree.ts";
import type { DeliveredApplication } from "./applications.ts";
import { eachApplication, matches, type Project } from "./project-of.ts";

export const projectRules: readonly Rule[] = [
  {
    name: "argo-cd/project",
    because:
      "Argo CD refuses an Application whose project is not there, or does not take its source or destination.",
    check: (tree) => eachApplication(tree, projectFindings),
  },
  {
    name: "argo-cd/least-privilege",
    because:
      "A project of an environment that takes any kind can take the cluster over by one merged pull request.",
    check: (tree) =>
      ofKind(ownObjects(tree), "AppProject")
        .filter(({ manifest }) => manifest.metadata.name.startsWith("mall-"))
        .flatMap((object) => {
          const { spec } = object.manifest;
          const wide = [
            ...[...(spec?.clusterResourceWhitelist ?? []), ...(spec?.namespaceResourceWhitelist ?? [])]
              .filter(({ group, kind }) => group === "*" || kind === "*")
              .map(() => "any kind"),
            ...(spec?.sourceRepos ?? [])
              .filter((source) => source.includes("*"))
              .map((source) => `the source ${source}`),
            ...(spec?.destinations ?? [])
              .filter(({ namespace = "", server = "" }) => namespace.includes("*") || server.includes("*"))
              .map(({ namespace }) => `the namespace ${namespace ?? ""} of any server`),
          ];
          return [...new Set(wide)].map((what) => ({
            object,
            problem: `it allows ${what}`,
            mend: "List what is delivered, by name.",
          }));
        }),
  },
];

function projectFindings(
  { object, name, sources, namespace, server }: DeliveredApplication,
  { manifest }: Project,
): Finding[] {
  const { sourceRepos = [], destinations = [] } = manifest.spec ?? {};
  const mend = `Correct it, or add it to AppProject ${manifest.metadata.name} if it belongs there.`;
  const isTaken = destinations.some(
    (destination) => matches(destination.namespace, namespace) && matches(destination.server, server),
  );
  return [
    ...sources
      .filter(({ repoURL }) => !sourceRepos.some((allowed) => matches(allowed, repoURL)))
      .map(({ repoURL }) => ({
        object,
        problem: `Application ${name} comes from ${repoURL}, which its project does not take`,
        mend,
      })),
    ...(isTaken
      ? []
      : [
          {
            object,
            problem: `Application ${name} goes to namespace ${namespace ?? ""} of ${server ?? "?"}, which its project does not allow`,
            mend,
          },
        ]),
  ];
}
