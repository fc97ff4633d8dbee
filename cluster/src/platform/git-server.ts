import { join } from "node:path";
import { hostAddress } from "../bare/addresses.ts";
import { startProcess } from "../bare/processes.ts";
import { statePath } from "../paths.ts";
import { applyManifest } from "./apply.ts";

const port = "3080"; // as manifests/git.yaml says

/** Argo CD reads the served repository over HTTP, as it reads GitHub. */
export async function startGitServer(): Promise<void> {
  await startProcess("git-server", gitServerCommand(hostAddress));
  await applyManifest("git.yaml");
}

export function gitServerCommand(address: string): string[] {
  // From the sources as from the compiled files.
  const extension = import.meta.filename.endsWith(".ts") ? ".ts" : ".js";
  const program = join(import.meta.dirname, `../git/serve${extension}`);
  return [process.execPath, program, statePath("git"), address, port];
}
