import type { Finding, Rule } from "./rule.ts";
import type { Report, Violation } from "./report.ts";
import { rules as allRules } from "./rules.ts";
import { nameOf } from "./tree/manifest.ts";
import { readTree } from "./tree/read-tree.ts";
import type { Tree } from "./tree/tree.ts";

// The other rules read objects by the types of their kinds, and a reference into what did not render is no news.
const groundwork = ["files/renders", "schema/type"];

/** Renders everything under `root` that is delivered, and holds the rules against it. */
export async function verify(root: string): Promise<Report> {
  return check(await readTree(root));
}

/** Holds rules against a tree that has been read. While the groundwork is broken, only the schema is looked at. */
export async function check(tree: Tree, rules: readonly Rule[] = allRules): Promise<Report> {
  const [first, others] = [rules, rules].map((each, index) =>
    each.filter(({ name }) => (index === 0) === (groundwork.includes(name) || name.startsWith("schema/"))),
  ) as [Rule[], Rule[]];
  const basic = await violationsOf(tree, first);
  const isSound = !basic.some(({ rule }) => groundwork.includes(rule));
  const further = isSound ? await violationsOf(tree, others) : [];
  return {
    objects: tree.renders.reduce((sum, { objects }) => sum + objects.length, 0),
    rules: rules.length,
    violations: [...basic, ...further],
    leftOut: [
      ...(isSound ? [] : ["Only renders and schemas were looked at: the other rules build on them."]),
      ...tree.renders.flatMap(({ folder, missing }) => (missing ? [notRendered(folder, missing)] : [])),
    ],
  };
}

/** Why a folder could not be rendered on this machine. */
export const notRendered = (folder: string, missing: string): string =>
  `${folder} was not rendered: it builds on ${missing}, which Go downloads; install Go.`;

async function violationsOf(tree: Tree, rules: readonly Rule[]): Promise<Violation[]> {
  const found = await Promise.all(
    rules.map(async (rule) => [...(await rule.check(tree))].map((finding) => asViolation(rule, finding))),
  );
  return merged(found.flat());
}

function asViolation({ name }: Rule, { object, file, problem, mend }: Finding): Violation {
  return {
    rule: name,
    file: file ?? object?.file ?? "kustomization.yaml",
    ...(object && { object: nameOf(object) }),
    renderedBy: object ? [object.folder] : [],
    problem,
    mend,
  };
}

/** One mistake in a base shows in every leaf: it is said once. */
function merged(violations: readonly Violation[]): Violation[] {
  const alike = Map.groupBy(violations, ({ rule, file, object, problem }) =>
    JSON.stringify([rule, file, object, problem]),
  );
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    const renderedBy = [...new Set(group.flatMap((violation) => violation.renderedBy))];
    return first ? [{ ...first, renderedBy }] : [];
  });
}
