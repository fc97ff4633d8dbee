import { posix } from "node:path";
import { versionOf } from "../../../release/release.ts";
import type { Rule } from "../../rule.ts";
import { ofKind } from "../../tree/kinds.ts";
import { environmentOf, ownObjects } from "../../tree/tree.ts";
import { imagesIn } from "./references.ts";

export const pinnedImageRules: readonly Rule[] = [
  {
    name: "images/pinned",
    because: "A tag that moves, or none, runs something else after the next restart than what was tested.",
    check: (tree) =>
      imagesIn(ownObjects(tree)).flatMap(({ object, name, text, tag, digest }) => {
        const isLatest = tag === undefined || tag.startsWith("latest");
        return isLatest
          ? [
              {
                object,
                problem: `it runs ${text}${tag ? "" : " without a tag"}`,
                mend: "Name a version: for a service of the mall by ./release of its leaf, for others by their overlay's images.",
              },
            ]
          : digest || /\d/.test(tag) || isMadeHere(name)
            ? []
            : [{ object, problem: `it runs ${text}, whose tag names no version`, mend: "Name a version." }];
      }),
  },
  {
    name: "images/digest",
    because: "Only a digest says that what was signed and tested is what runs.",
    check: (tree) =>
      imagesIn(ownObjects(tree))
        .filter(({ object }) => isOfTheCloud(object.folder))
        .filter(
          ({ name, digest }) =>
            posix.basename(name).startsWith("mall-") && !/^sha256:[0-9a-f]{64}$/.test(digest ?? ""),
        )
        .map(({ object, text }) => ({
          object,
          problem: `it runs ${text} without a digest`,
          mend: "Let `npm run bump` or `promote` write the release.",
        })),
  },
  {
    name: "images/version-label",
    because: "Kiali, Istio and the dashboards tell versions apart by the pods' version label.",
    check: (tree) =>
      ofKind(ownObjects(tree), "Rollout").flatMap((object) => {
        const [image] = imagesIn([object]);
        const label = object.manifest.spec?.template?.metadata?.labels?.["app.kubernetes.io/version"];
        return image?.tag !== undefined && label === versionOf(image.tag)
          ? []
          : [
              {
                object,
                problem: `its pods' label app.kubernetes.io/version is ${label ?? "missing"}, and their image ${image?.text ?? "?"}`,
                mend: "Let the leaf's ./release set both.",
              },
            ];
      }),
  },
];

/** Images of the work tree, imported into the node of `npm run cluster`: no registry has them. */
const isMadeHere = (name: string): boolean => name.startsWith("mall.local/");

const isOfTheCloud = (folder: string): boolean => !["local", undefined].includes(environmentOf(folder));
