import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { rules } from "../../src/verify/rules.ts";
import { readTree } from "../../src/verify/tree/read-tree.ts";
import type { Tree } from "../../src/verify/tree/tree.ts";
import { check } from "../../src/verify/verify.ts";
import { type Fixture, fixtureGroups, withMistake } from "./support/fixture.ts";

let tree: Tree;

// Renders everything that is delivered, once: the mistakes are made in what was rendered.
beforeAll(async () => {
  tree = await readTree(join(import.meta.dirname, "../../../.."));
}, 300_000);

test("what is delivered keeps every rule", async () => {
  const report = await check(tree);

  expect(report.violations).toEqual([]);
  expect(report.leftOut).toEqual([]);
  expect(report.objects).toBeGreaterThan(500);
  expect(report.rules).toBe(rules.length);
}, 120_000);

test("every rule has a fixture that it rejects", () => {
  const fixtures = fixtureGroups.flatMap(([, group]) => group.map(({ rule }) => rule));

  expect(rules.map(({ name }) => name).filter((name) => !fixtures.includes(name))).toEqual([]);
});

describe.each(fixtureGroups)("%s:", (_, fixtures) => {
  test.each(fixtures)("$rule tells of $names that $says", async (fixture) => {
    const violations = await violationsOf(fixture);

    const [problem = "", mend = ""] = fixture.says.split("; ");
    const names = violations.filter(({ object, file }) =>
      [object, file].some((name) => name?.startsWith(fixture.names)),
    );
    const told = names.find((violation) => `${violation.problem} ${violation.mend}`.includes(problem));
    expect(told).toMatchObject({
      rule: fixture.rule,
      file: expect.stringMatching(/\.(ya?ml|json|md|mod)$/),
      mend: expect.stringContaining(mend),
    });
  });
});

/** What the fixture's rule, and no other one, says of the tree with the fixture's mistake. */
async function violationsOf(fixture: Fixture) {
  const rule = rules.find(({ name }) => name === fixture.rule);
  if (!rule) throw new Error(`there is no rule ${fixture.rule}`);
  const mistaken = withMistake(tree, fixture);
  // Schemas are compared object by object: the others are as they were.
  const looked = fixture.rule.startsWith("schema/") ? onlyChanged(mistaken) : mistaken;
  return (await check(looked, [rule])).violations;
}

function onlyChanged(mistaken: Tree): Tree {
  const before = new Set(tree.renders.flatMap(({ objects }) => objects));
  const renders = mistaken.renders.map((render) => ({
    ...render,
    objects: render.objects.filter((object) => !before.has(object)),
  }));
  return { ...mistaken, renders };
}
