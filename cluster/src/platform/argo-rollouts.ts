import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { moduleFolder } from "../toolchain/build.ts";
import { applyText, createNamespace, rolledOut } from "./apply.ts";
import { renderOnce } from "./kustomize.ts";
import { onlyLocalImages } from "./local-images.ts";

const namespace = "argo-rollouts";

/** As its makers release it. Istio's definitions must be there before: it looks for them when it starts. */
export async function installArgoRollouts(): Promise<void> {
  const manifests = join(
    await moduleFolder("rollouts-controller", "github.com/argoproj/argo-rollouts"),
    "manifests",
  );
  const kustomization = {
    namespace,
    resources: ["install.yaml"],
    images: [
      { name: "quay.io/argoproj/argo-rollouts", newName: "mall.local/argo-rollouts", newTag: "local" },
    ],
    patches: onlyLocalImages("Deployment"),
  };
  const files = { "install.yaml": await readFile(join(manifests, "install.yaml"), "utf8") };
  await createNamespace(namespace);
  await applyText(await renderOnce("argo-rollouts", kustomization, files));
  await rolledOut(namespace, "deployment/argo-rollouts");
}
