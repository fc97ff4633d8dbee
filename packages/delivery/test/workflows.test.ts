import { describe, expect, test } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { sharedSources } from "../src/changes/images.ts";

const folder = join(__dirname, "../../../.github/workflows");
const step = z.object({ uses: z.string().optional(), with: z.record(z.string(), z.unknown()).optional() });
const job = z.object({ steps: z.array(step), "timeout-minutes": z.number() });
const workflow = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.string()),
  defaults: z.object({ run: z.object({ shell: z.string() }) }),
  jobs: z.record(z.string(), job),
});

const files = readdirSync(folder).map((name) => {
  const text = readFileSync(join(folder, name), "utf8");
  return { name, text, ...workflow.parse(parse(text)) };
});

describe.each(files)("$name", ({ text, permissions, defaults, jobs }) => {
  test("may read by default, and gives a reason for whatever else it may", () => {
    expect(permissions).toEqual({ contents: "read" });
    for (const line of text
      .split("\n")
      .filter((written) => /^ +(?!permission-)[a-z-]+: write\b/.test(written)))
      expect(line).toMatch(/: write # to \w+/);
  });

  test("takes every action by its commit, and nobody's token stays in its clone", () => {
    const steps = Object.values(jobs).flatMap((one) => one.steps);
    for (const { uses } of steps)
      if (uses) expect(uses).toMatch(/^(\$\/\.github\/actions\/[a-z]+|[\w./-]+@[0-9a-f]{40})$/);
    for (const line of text.split("\n").filter((written) => /uses: [^$]/.test(written)))
      expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    for (const { uses, with: inputs } of steps)
      if (uses?.startsWith("actions/checkout@"))
        expect(inputs).toMatchObject({ "persist-credentials": false });
  });

  test("fails with the first command of a pipe that fails, and ends some time", () => {
    expect(defaults.run.shell).toBe("bash");
    expect(Object.values(jobs).every((one) => one["timeout-minutes"] <= 90)).toBe(true);
    expect(text).not.toMatch(/\[skip ci\]|\[ci skip\]/);
  });
});

test("one action has one version everywhere", () => {
  const pins = files.flatMap(({ text }) => text.match(/[\w./-]+@[0-9a-f]{40}/g) ?? []);
  const byName = Map.groupBy(new Set(pins), (pin) => pin.split("@")[0]);
  expect([...byName.values()].filter((versions) => versions.length > 1)).toEqual([]);
});

test("whatever changes an image starts a build", () => {
  const { on } = files.find(({ name }) => name === "build.yaml") ?? {};
  const { push } = z.object({ push: z.object({ paths: z.array(z.string()) }) }).parse(on);
  const covered = (source: string): boolean =>
    push.paths.some((path) =>
      path.endsWith("/**") ? source.startsWith(path.slice(0, -2)) : source === path,
    );
  const sources = [...sharedSources, "services/cart/", "packages/observatory/", "base/alerts/rules/"];
  expect(sources.filter((source) => !covered(source))).toEqual([]);
});

test("the check that branches require waits for every other and never stays pending", () => {
  const verify = files.find(({ name }) => name === "verify.yaml");
  const { needs, if: condition } = z
    .object({ jobs: z.object({ verified: z.object({ needs: z.array(z.string()), if: z.string() }) }) })
    .parse(parse(verify?.text ?? "")).jobs.verified;
  // "comment" tells; it does not judge.
  const judges = Object.keys(verify?.jobs ?? {}).filter((name) => !["verified", "comment"].includes(name));
  expect(needs.toSorted()).toEqual(judges.toSorted());
  expect(condition).toBe("always()");
  expect(JSON.stringify(verify?.on)).not.toContain("paths");
});
