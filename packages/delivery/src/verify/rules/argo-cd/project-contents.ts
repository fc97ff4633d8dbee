import type { Finding, Rule } from "../../rule.ts";
import { groupOf, nameOf, type Rendered } from "../../tree/manifest.ts";
import type { Tree } from "../../tree/tree.ts";
import type { DeliveredApplication } from "./applications.ts";
import { eachApplication, matches, type Project } from "./project-of.ts";

/** Whether a project takes everything that its Applications render. */
export const projectContentRules: readonly Rule[] = [
  {
    name: "argo-cd/kind-allowed",
    because: "A kind that the project does not list is refused, and the sync fails as a whole.",
    check: (tree) =>
      eachApplication(tree, (application, project) => kindFindings(tree, application, project)),
  },
  {
    name: "argo-cd/namespace",
    because: "An object in another namespace than its Application's is refused by its project.",
    check: (tree) =>
      eachApplication(tree, (application, project) => namespaceFindings(tree, application, project)),
  },
];

function kindFindings(
  tree: Tree,
  application: DeliveredApplication,
  { manifest: { spec, metadata } }: Project,
): Finding[] {
  return deliveredBy(tree, application).flatMap((object) => {
    const { kind } = object.manifest;
    const list = clusterKinds.has(kind) ? spec?.clusterResourceWhitelist : spec?.namespaceResourceWhitelist;
    const isAllowed = list?.some(
      (allowed) => matches(allowed.group, groupOf(object.manifest)) && matches(allowed.kind, kind),
    );
    // Without a list everything inside namespaces is allowed.
    return isAllowed || (list === undefined && !clusterKinds.has(kind))
      ? []
      : [
          {
            object,
            problem: `AppProject ${metadata.name} does not allow ${kind} of group "${groupOf(object.manifest)}"`,
            mend: "Add the kind to argocd/projects, if the environment should be able to have it.",
          },
        ];
  });
}

function namespaceFindings(
  tree: Tree,
  application: DeliveredApplication,
  { manifest: { spec, metadata } }: Project,
): Finding[] {
  return deliveredBy(tree, application)
    .filter(({ manifest }) => !clusterKinds.has(manifest.kind))
    .flatMap((object) => {
      const namespace = object.manifest.metadata.namespace ?? application.namespace;
      return spec?.destinations?.some((allowed) => matches(allowed.namespace, namespace))
        ? []
        : [
            {
              object,
              problem: `${nameOf(object)} is in namespace ${namespace ?? ""}, which AppProject ${metadata.name} does not allow`,
              mend: "Correct the namespace, or add it to the project's destinations.",
            },
          ];
    });
}

const deliveredBy = (tree: Tree, { sources }: DeliveredApplication): Rendered[] =>
  tree.renders
    .filter(({ folder }) => sources.some(({ path }) => path === folder))
    .flatMap(({ objects }) => objects);

const clusterKinds = new Set([
  "ClusterRole",
  "ClusterRoleBinding",
  "CustomResourceDefinition",
  "MutatingWebhookConfiguration",
  "Namespace",
  "PersistentVolume",
  "PriorityClass",
  "StorageClass",
  "ValidatingWebhookConfiguration",
]);
