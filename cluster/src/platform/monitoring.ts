import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { repository } from "../paths.ts";
import { applyManifest, applyText, createNamespace, rolledOut } from "./apply.ts";
import { renderOnce } from "./kustomize.ts";

/** Prometheus with the rules that production evaluates, and metrics-server. */
export async function installMonitoring(): Promise<void> {
  await createNamespace("monitoring");
  await applyText(await rules());
  await applyManifest("prometheus.yaml");
  await applyManifest("metrics-server.yaml");
  await rolledOut("monitoring", "deployment/prometheus");
  await rolledOut("kube-system", "deployment/metrics-server");
}

async function rules(): Promise<string> {
  const kustomization = {
    namespace: "monitoring",
    configMapGenerator: [{ name: "prometheus-rules", files: ["mall-rules.yaml"] }],
    generatorOptions: { disableNameSuffixHash: true },
  };
  const text = await readFile(join(repository, "base/alerts/rules/mall-rules.yaml"), "utf8");
  return renderOnce("prometheus-rules", kustomization, { "mall-rules.yaml": text });
}
