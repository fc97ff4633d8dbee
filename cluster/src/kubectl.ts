import { existsSync } from "node:fs";
import { kubeconfigPath } from "./bare/certificates.ts";
import { run, type RunOptions } from "./machine/run.ts";
import { programPaths } from "./toolchain/build.ts";

/** Runs kubectl against the cluster: the one that was built for bare, or else, as on kind, this machine's. */
export async function kubectl(args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { kubectl: built = "" } = await programPaths();
  return run(
    existsSync(built) ? built : "kubectl",
    [`--kubeconfig=${kubeconfigPath("admin")}`, ...args],
    options,
  );
}
