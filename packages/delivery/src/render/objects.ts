import { parse } from "yaml";
import { z } from "zod";

const identity = z.object({
  kind: z.string(),
  metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
});

/** One object of a rendering, by what identifies it in a cluster. */
export interface RenderedObject {
  /** "Rollout mall-dev/cart"; without the namespace where there is none. */
  readonly name: string;
  readonly yaml: string;
}

/** Splits what Kustomize rendered. Its documents are normal already: keys are sorted, so texts can be compared. */
export function objectsIn(yaml: string): RenderedObject[] {
  return yaml
    .split(/^---\n/m)
    .filter((text) => text.trim() !== "")
    .map((text) => ({ name: nameOf(text), yaml: text }));
}

function nameOf(text: string): string {
  const { kind, metadata } = identity.parse(parse(text));
  return `${kind} ${metadata.namespace ? `${metadata.namespace}/` : ""}${metadata.name}`;
}
