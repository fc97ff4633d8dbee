import { kubectl } from "../kubectl.ts";
import { manifestPath } from "../paths.ts";

/** Applies YAML text by server-side apply: some of the platform's definitions are too long for the other way. */
export async function applyText(text: string): Promise<void> {
  await kubectl(["apply", "--server-side", "--force-conflicts", "--filename=-"], { input: text });
}

/** Applies a manifest that ships with this package. */
export async function applyManifest(name: string): Promise<void> {
  await kubectl(["apply", "--server-side", "--force-conflicts", `--filename=${manifestPath(name)}`]);
}

export async function createNamespace(name: string): Promise<void> {
  await applyText(`apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`);
}

/** Waits until the new pods serve. @param workload such as `deployment/istiod` */
export async function rolledOut(namespace: string, workload: string): Promise<void> {
  await kubectl([`--namespace=${namespace}`, "rollout", "status", workload, "--timeout=300s"]);
}
