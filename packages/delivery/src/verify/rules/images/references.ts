import { ofKind } from "../../tree/kinds.ts";
import type { Rendered } from "../../tree/manifest.ts";
import { containersOf, podsOf } from "../../tree/pods.ts";

/** An image as an object names it, taken apart: `registry/name:tag@digest`. */
export interface ImageReference {
  readonly object: Rendered;
  readonly text: string;
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Every image that the objects run, load tests and databases too. */
export function imagesIn(objects: readonly Rendered[]): ImageReference[] {
  const inPods = podsOf(objects).flatMap((pods) =>
    containersOf(pods).map(({ image }) => ({ object: pods.owner, text: image ?? "" })),
  );
  const inClusters = ofKind(objects, "Cluster").flatMap((object) => {
    const image = object.manifest.spec?.imageName;
    return image ? [{ object, text: image }] : [];
  });
  return [...inPods, ...inClusters].map((found) => ({ ...found, ...takenApart(found.text) }));
}

function takenApart(text: string): Pick<ImageReference, "name" | "tag" | "digest"> {
  // A colon before the last slash belongs to the registry's port.
  const [, name = text, tag, digest] = /^(.+?)(?::([^/:@]+))?(?:@(.+))?$/.exec(text) ?? [];
  return { name, tag, digest };
}
