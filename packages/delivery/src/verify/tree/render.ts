import { mkdir, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, relative, sep } from "node:path";
import { run } from "../../run.ts";
import { readObjects } from "./rendered-objects.ts";
import type { Render } from "./tree.ts";
import type { Workspace } from "./workspace.ts";

interface Rendering {
  readonly workspace: Workspace;
  /** The command. */
  readonly kustomize: string;
  /** A folder of our own, for the kustomizations that ask for origins: nobody's own file needs to. */
  readonly wrappers: string;
}

/** A folder to render, and under which name what comes of it is known. */
export interface Target {
  readonly folder: string;
  readonly as?: Pick<Render, "folder" | "variantOf">;
}

/**
 * Renders folders of the workspace, as many at a time as there are processors, in the order given. A folder that
 * Kustomize refuses has no objects and an error.
 */
export async function renderAll(targets: readonly Target[], rendering: Rendering): Promise<Render[]> {
  const renders: Render[] = [];
  const waiting = targets.entries();
  const work = async (): Promise<void> => {
    for (const [index, target] of waiting) renders[index] = await render(target, String(index), rendering);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return renders;
}

async function render(
  { folder, as: place = { folder } }: Target,
  name: string,
  { workspace, kustomize, wrappers }: Rendering,
): Promise<Render> {
  const wrapper = join(wrappers, name);
  await mkdir(wrapper, { recursive: true });
  const resource = relative(wrapper, join(workspace.folder, folder)).replaceAll(sep, "/");
  const wrapping = { resources: [resource], buildMetadata: ["originAnnotations"] };
  await writeFile(join(wrapper, "kustomization.yaml"), JSON.stringify(wrapping));
  const { code, stdout, stderr } = await run(kustomize, ["build", wrapper]);
  if (code === 0)
    return { ...place, objects: readObjects(stdout, { folder: place.folder, wrapper, workspace }) };
  return { ...place, objects: [], error: lastWords(stderr).replaceAll(`${workspace.folder}${sep}`, "") };
}

/** Kustomize tells the whole way to an error, each folder in quotes, outermost first: the last part is what is wrong. */
const lastWords = (stderr: string): string =>
  (stderr.trim().split("\n").at(-1) ?? "").replace(/^Error: /, "").replace(/^.*' ?: /, "");
