import { readFile, writeFile } from "node:fs/promises";
import { run } from "../machine/run.ts";
import { archiveOf, platformImages } from "../images/catalogue.ts";
import { statePath } from "../paths.ts";
import { containerdSocket } from "./configuration.ts";

// Kubernetes' own namespace in containerd.
export const ctr = (...args: string[]) =>
  run("ctr", ["--address", containerdSocket, "--namespace", "k8s.io", ...args]);

/** Archive by image: a name alone does not say whether the newest of that name is there. */
const recordFile = statePath("run/imported-images");

/** Packs and imports the platform's images, those that are not there yet. */
export async function importPlatformImages(): Promise<void> {
  const imported = new Map<string, string>(JSON.parse(await readFile(recordFile, "utf8").catch(() => "[]")));
  for (const image of await platformImages()) {
    const archive = await archiveOf(image);
    if (imported.get(image.name) === archive) continue;
    await importArchive(archive);
    imported.set(image.name, archive);
    await writeFile(recordFile, JSON.stringify([...imported]));
  }
}

export async function importArchive(archive: string): Promise<void> {
  await ctr("images", "import", archive);
}
