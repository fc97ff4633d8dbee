import { posix } from "node:path";
import type { Finding, Rule } from "../../rule.ts";
import { basesOf, filesOf } from "../../tree/kustomization.ts";
import type { Tree } from "../../tree/tree.ts";
import { applicationsOf } from "../argo-cd/applications.ts";

export const listedRule: Rule = {
  name: "files/listed",
  because: "A file that no kustomization lists looks like configuration and configures nothing.",
  check: unlistedFindings,
};

function unlistedFindings(tree: Tree): Finding[] {
  const { kustomizations, files } = tree;
  const listed = new Set([
    ...kustomizations.map(({ file }) => file),
    ...kustomizations.flatMap((each) => [...basesOf(each), ...filesOf(each)]),
    ...applicationsOf(tree).flatMap(({ sources }) =>
      sources.flatMap(({ helm }) =>
        (helm?.valueFiles ?? []).map((file) => file.slice(file.indexOf("/") + 1)),
      ),
    ),
  ]);
  const charts = [...files.keys()]
    .filter((file) => posix.basename(file) === "Chart.yaml")
    .map((file) => posix.dirname(file));
  return [...files.keys()]
    .filter((file) => !listed.has(file) && !charts.some((chart) => file.startsWith(`${chart}/`)))
    .filter((file) => !isForPeople(file))
    .map((file) => ({
      file,
      problem: "no kustomization lists it",
      mend: "List it where it belongs, or take it out.",
    }));
}

/** What stands beside manifests without being one: explanations, the sources of what is generated, their tests. */
const isForPeople = (file: string): boolean => /\.(md|ts)$|^base\/alerts\/tests\/|^tools\//.test(file);
