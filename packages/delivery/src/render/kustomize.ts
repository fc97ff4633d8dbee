import { DeliveryError } from "../delivery-error.ts";
import { run } from "../run.ts";
import { toolPath } from "../tools/tool-path.ts";

/**
 * What Kustomize makes of a folder with a kustomization, as YAML documents in its order: what Argo CD would apply.
 * Throws a DeliveryError with Kustomize's own words.
 */
export async function renderKustomization(folder: string): Promise<string> {
  const kustomize = await toolPath("kustomize", { say: (line) => process.stderr.write(`${line}\n`) });
  const { code, stdout, stderr } = await run(kustomize, ["build", folder]);
  if (code !== 0) throw new DeliveryError(`${folder} does not render: ${stderr.trim()}`);
  return stdout;
}
