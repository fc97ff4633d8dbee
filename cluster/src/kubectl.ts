import { kubeconfigPath } from "./bare/certificates.ts";
import { run, type RunOptions } from "./machine/run.ts";
import { programPaths } from "./toolchain/build.ts";

/** Runs kubectl against the cluster. */
export async function kubectl(args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { kubectl: program = "kubectl" } = await programPaths();
  return run(program, [`--kubeconfig=${kubeconfigPath("admin")}`, ...args], options);
}
