import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { foldersOf, renderFolders } from "../render/environment.ts";

/**
 * Puts all that an environment renders into one file, for tools that read files and want to see what refers to what.
 * @param as what the tool is to see of it
 */
export async function withRenderedEnvironment<T>(
  root: string,
  environment: string,
  use: (file: string) => Promise<T>,
  as: (yaml: string) => string = (yaml) => yaml,
): Promise<T> {
  const rendered = await renderFolders(root, foldersOf(root, environment));
  const folder = await mkdtemp(join(tmpdir(), "mall-rendered-"));
  try {
    const file = join(folder, `${environment}.yaml`);
    await writeFile(file, as(rendered.map(({ yaml }) => yaml).join("---\n")));
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
