import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { localCopy, type RemoteBase } from "./remote-bases.ts";

// Released as one file for `kubectl apply`; kustomizations take the parts beside it.
const allInOne = /(^|\/)(core-|namespace-)?install(-with-hydrator)?\.yaml$/;

/**
 * Copies a remote base, and what it may take from beside it, into a folder. Definitions of kinds shrink to their
 * names: they are megabytes that nothing here looks at. Returns where the base stands then; nothing without a copy.
 */
export async function standIn(base: RemoteBase, folder: string): Promise<string | undefined> {
  const copy = await localCopy(base);
  if (!copy) return undefined;
  const [top = base.folder] = base.folder.split("/");
  const from = join(copy.slice(0, -base.folder.length), top);
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(from.length + 1))
    .filter((file) => !allInOne.test(file) || `${top}/${file}` === base.folder);
  for (const file of files) {
    const target = join(folder, top, file);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, withoutSchema(await readFile(join(from, file), "utf8")));
  }
  return join(folder, base.folder);
}

function withoutSchema(text: string): string {
  if (!/^kind: CustomResourceDefinition$/m.test(text)) return text;
  const name = /^ {2}name: (\S+)$/m.exec(text)?.[1] ?? "";
  return `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: ${name}\n`;
}
