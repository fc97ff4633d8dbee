import { posix } from "node:path";
import { DeliveryError } from "../../../delivery-error.ts";
import { leafOf } from "../../../release/leaves.ts";
import { isReleased } from "../../../release/release.ts";
import { parseRelease } from "../../../release/release-file.ts";
import type { Finding, Rule } from "../../rule.ts";
import { folderOf } from "../../tree/kustomization.ts";
import type { Tree } from "../../tree/tree.ts";

export const releaseRules: readonly Rule[] = [
  {
    name: "images/release-file",
    because:
      "The pipeline writes and reads release files of one form; a half-written release is two versions at once.",
    check: (tree) =>
      [...tree.files].flatMap(([file, text]) => {
        const environment = leafOf(file)?.environment;
        // The local cluster's releases are its own: nothing is promoted from there.
        return environment && environment !== "local" ? releaseFindings(tree, file, text) : [];
      }),
  },
  {
    name: "images/promoted",
    because: "What runs in prod has run in staging: it is promoted, never built for prod.",
    check: (tree) =>
      [...tree.files].flatMap(([file, text]) => {
        const leaf = leafOf(file);
        const release = leaf?.environment === "prod" ? readable(text, file) : undefined;
        if (!leaf || !release || !isReleased(release)) return [];
        return tree.stagingDigests(leaf.service).has(release.digest)
          ? []
          : [
              {
                file,
                problem: `${release.digest} never stood in overlays/staging/${leaf.service}`,
                mend: `Promote it: npm run promote -- ${leaf.service} staging prod. (A shallow clone does not know the past: fetch all of it.)`,
              },
            ];
      }),
  },
];

const readable = (text: string, file: string): ReturnType<typeof parseRelease> | undefined => {
  try {
    return parseRelease(text, file);
  } catch (error) {
    if (error instanceof DeliveryError) return undefined; // images/release-file tells
    throw error;
  }
};

function releaseFindings(tree: Tree, file: string, text: string): Finding[] {
  const mend =
    "Let `npm run bump`, `promote` or `rollback` write it, and list ./release last among the leaf's components.";
  try {
    const { commit, digest } = parseRelease(text, file);
    const isHalf = /^0+$/.test(commit) !== /^sha256:0+$/.test(digest);
    const leaf = tree.kustomizations.find((each) => folderOf(each) === posix.dirname(posix.dirname(file)));
    const components = leaf?.content["components"];
    const isLast = Array.isArray(components) && /^(\.\/)?release\/?$/.test(String(components.at(-1)));
    return [
      ...(isHalf
        ? [{ file, problem: 'of its tag and its digest only one says "not released yet"', mend }]
        : []),
      ...(isLast
        ? []
        : [
            {
              file: leaf?.file ?? file,
              problem: "it does not list ./release last among its components",
              mend,
            },
          ]),
    ];
  } catch (error) {
    if (error instanceof DeliveryError)
      return [{ file, problem: error.message.replace(`${file}: `, "").replace(/\.$/, ""), mend }];
    throw error;
  }
}
