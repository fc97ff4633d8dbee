import { posix } from "node:path";
import { folderOf, type Kustomization } from "./kustomization.ts";

/** A leaf as a demonstration would make it, when a commit adds its Components. */
export interface Variant {
  /** The demonstration that it shows. */
  readonly demonstration: string;
  readonly leaf: string;
  /** A folder beside the leaf, so that what the leaf names is found from there too. */
  readonly folder: string;
  /** The text of the kustomization in that folder. */
  readonly text: string;
}

// The seed's demonstrations are the cart's, and dev is where one would begin.
const leaf = "overlays/dev/cart";
const demonstrations = "base/demonstrations";
// What a demonstration comes after: the circuit breaker takes out what is broken.
const goesBefore: Readonly<Record<string, readonly string[]>> = { "circuit-breaker": ["half-broken-cart"] };

export function variantsAmong(kustomizations: readonly Kustomization[]): Variant[] {
  const varied = kustomizations.find((kustomization) => folderOf(kustomization) === leaf);
  if (!varied) return [];
  return kustomizations
    .filter((each) => each.isComponent && posix.dirname(folderOf(each)) === demonstrations)
    .map((each) => {
      const name = posix.basename(folderOf(each));
      const added = [...(goesBefore[name] ?? []), name].map((one) => `../../../${demonstrations}/${one}`);
      const content = withComponents(varied.content, added);
      return {
        demonstration: folderOf(each),
        leaf,
        folder: `${leaf}.${name}`,
        text: JSON.stringify(content),
      };
    });
}

/** With more Components, before the release: it names the images that they bring, too. */
function withComponents(content: Kustomization["content"], added: readonly string[]): object {
  const components = (content["components"] as string[] | undefined) ?? [];
  const [release] = components.slice(-1);
  return {
    ...content,
    components: [
      ...components.slice(0, -1),
      ...added,
      ...(release ? [`../cart/${posix.basename(release)}`] : []),
    ],
  };
}
