import { readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Where the controllers' messages to GitHub go here: to this machine, where `npm run e2e` takes them. When it does not
 * run they are lost.
 */
export const githubPort = 8490;

const address = "https://api.github.com";

/**
 * The Kustomize patch by which a controller's notifications go there.
 * @param folder the repository's configuration of them
 * @param configMap what it becomes
 * @param host this machine's address, as pods know it
 */
export async function messagesToHost(folder: string, configMap: string, host: string) {
  const service = await readFile(join(folder, "github-service.yaml"), "utf8");
  if (!service.includes(address)) throw new Error(`${folder}/github-service.yaml does not name ${address}.`);
  const value = service.replace(address, `http://${host}:${githubPort}`);
  return {
    target: { kind: "ConfigMap", name: configMap },
    patch: JSON.stringify([{ op: "replace", path: "/data/service.webhook.github", value }]),
  };
}
