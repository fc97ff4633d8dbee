import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { repository, statePath } from "../paths.ts";
import { moduleFolder } from "../toolchain/build.ts";
import { applyText, createNamespace, rolledOut } from "./apply.ts";
import { messagesToHost } from "./github.ts";
import { renderOnce } from "./kustomize.ts";
import { onlyLocalImages } from "./local-images.ts";

const namespace = "argocd";
const notifications = join(repository, "argocd/notifications");
// Single sign-on has nobody to talk to here.
const leftOut = ["argocd-dex-server"];
const workloads = [
  "deployment/argocd-redis",
  "deployment/argocd-repo-server",
  "deployment/argocd-server",
  "deployment/argocd-applicationset-controller",
  "deployment/argocd-notifications-controller",
  "statefulset/argocd-application-controller",
];

/**
 * As its makers release it, with the repository's own configuration.
 * @param host this machine's address, as pods know it
 */
export async function installArgoCd(host: string): Promise<void> {
  await createNamespace(namespace);
  await applyText(await renderArgoCd(host));
  for (const workload of workloads) await rolledOut(namespace, workload);
}

async function renderArgoCd(host: string): Promise<string> {
  const manifests = join(await moduleFolder("argocd", "github.com/argoproj/argo-cd/v3"), "manifests");
  const kustomization = {
    resources: ["install.yaml"],
    components: [join(repository, "argocd/config"), notifications].map((folder) =>
      relative(statePath("rendered/argo-cd"), folder),
    ),
    images: [
      { name: "quay.io/argoproj/argocd", newName: "mall.local/argocd", newTag: "local" },
      { name: "public.ecr.aws/docker/library/redis", newName: "mall.local/redis", newTag: "local" },
    ],
    configMapGenerator: [
      // A proxy in front would end TLS; here the API is reached from this machine only.
      { name: "argocd-cmd-params-cm", namespace, behavior: "merge", literals: ["server.insecure=true"] },
    ],
    generatorOptions: { disableNameSuffixHash: true },
    patches: [
      ...onlyLocalImages("Deployment"),
      ...onlyLocalImages("StatefulSet"),
      await messagesToHost(notifications, "argocd-notifications-cm", host),
      ...leftOut.map((name) => ({
        patch: JSON.stringify({
          $patch: "delete",
          apiVersion: "apps/v1",
          kind: "Deployment",
          metadata: { name, namespace },
        }),
      })),
    ],
  };
  // The configuration is merged into objects that must have their namespace already.
  const install = { "install.yaml": await readFile(join(manifests, "install.yaml"), "utf8") };
  const placed = await renderOnce("argo-cd-install", { namespace, resources: ["install.yaml"] }, install);
  return renderOnce("argo-cd", kustomization, { "install.yaml": placed });
}
