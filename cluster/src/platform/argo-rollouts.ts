import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { repository, statePath } from "../paths.ts";
import { moduleFolder } from "../toolchain/build.ts";
import { applyText, createNamespace, rolledOut } from "./apply.ts";
import { messagesToHost } from "./github.ts";
import { renderOnce } from "./kustomize.ts";
import { onlyLocalImages } from "./local-images.ts";

const namespace = "argo-rollouts";

const notifications = join(repository, "apps/platform/argo-rollouts/install/notification-config-map");

/**
 * As its makers release it, with the repository's own messages. Istio's definitions must be there before: it looks for
 * them when it starts.
 * @param host this machine's address, as pods know it
 */
export async function installArgoRollouts(host: string): Promise<void> {
  const manifests = join(
    await moduleFolder("rollouts-controller", "github.com/argoproj/argo-rollouts"),
    "manifests",
  );
  const kustomization = {
    namespace,
    resources: ["install.yaml", relative(statePath("rendered/argo-rollouts"), notifications)],
    images: [
      { name: "quay.io/argoproj/argo-rollouts", newName: "mall.local/argo-rollouts", newTag: "local" },
    ],
    patches: [
      ...onlyLocalImages("Deployment"),
      await messagesToHost(notifications, "argo-rollouts-notification-configmap", host),
    ],
  };
  const files = { "install.yaml": await readFile(join(manifests, "install.yaml"), "utf8") };
  await createNamespace(namespace);
  await applyText(await renderOnce("argo-rollouts", kustomization, files));
  await rolledOut(namespace, "deployment/argo-rollouts");
}
