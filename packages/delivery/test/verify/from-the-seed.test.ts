import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { readServices } from "../../src/verify/tree/services.ts";

const root = join(import.meta.dirname, "../../../..");
const page = readFileSync(join(root, "docs/from-the-seed.md"), "utf8");
const spans = [...page.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);

test("every path that the page names is there", () => {
  const paths = spans.filter((text) =>
    /^(services|base|overlays|apps|argocd|docs|\.github)(\/|$)/.test(text),
  );
  const plain = paths.filter((path) => !path.includes("<"));

  expect(plain.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  expect(plain.length).toBeGreaterThan(50);
});

test("every service of the mall has its row, with its port", () => {
  const rows = new Map([...page.matchAll(/^\| `(\w+)` +\| (\d+|–)/gm)].map(([, name, port]) => [name, port]));

  const declared = readServices(root).map(({ name, port }): [string, string] => [name, String(port)]);
  expect(Object.fromEntries(rows)).toEqual({ ...Object.fromEntries(declared), loadgenerator: "–" });
});

test("the circuit breaker has the seed's numbers", () => {
  const rule = readFileSync(join(root, "base/components/service/destination-rule.yaml"), "utf8");

  const numbers = spans.filter((text) => /^(consecutive|interval|baseEjection|maxEjection)/.test(text));
  expect(numbers).toHaveLength(4);
  for (const number of numbers) expect(rule).toContain(number);
});
