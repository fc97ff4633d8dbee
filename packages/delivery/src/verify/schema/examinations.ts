import { once } from "node:events";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { Rendered } from "../tree/manifest.ts";
import type { Tree } from "../tree/tree.ts";
import type { Examination } from "./examine.ts";

export interface Examined {
  readonly object: Rendered;
  readonly examination: Examination;
}

const done = new WeakMap<Tree, Promise<Examined[]>>();

/** Every rendered object with what its schema says of it, once per tree. */
export function examinationsOf(tree: Tree): Promise<Examined[]> {
  const known = done.get(tree) ?? examineAll(tree);
  done.set(tree, known);
  return known;
}

async function examineAll({ renders }: Tree): Promise<Examined[]> {
  const objects = renders.flatMap((render) => render.objects);
  // Compiled beside this file, or its source when this one is.
  const program = new URL(`./examiner${extname(import.meta.filename)}`, import.meta.url);
  const worker = new Worker(program, { workerData: objects.map(({ manifest }) => manifest) });
  const [examinations] = (await once(worker, "message")) as [Examination[]];
  return objects.map((object, index) => ({ object, examination: examinations[index] as Examination }));
}
