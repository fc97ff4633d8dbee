import type { Profiler } from "node:inspector";
import { expect, test } from "@jest/globals";
import { selfTimes, sumUp } from "../src/profile/call-tree.ts";
import { flameGraph } from "../src/profile/flame-graph.ts";

const frame = (functionName: string): Profiler.ProfileNode["callFrame"] => ({
  functionName,
  scriptId: "1",
  url: "file:///shop.js",
  lineNumber: 0,
  columnNumber: 0,
});

/** serve calls parse from two places that are one function; a sample each millisecond. */
const profile: Profiler.Profile = {
  nodes: [
    { id: 1, callFrame: frame("(root)"), children: [2, 3, 6] },
    { id: 2, callFrame: frame("(idle)") },
    { id: 3, callFrame: frame("serve"), children: [4, 5] },
    { id: 4, callFrame: frame("parse") },
    { id: 5, callFrame: frame("parse") },
    { id: 6, callFrame: frame("<script>") },
  ],
  startTime: 0,
  endTime: 8_000,
  samples: [2, 2, 3, 4, 5, 5, 6, 2],
  timeDeltas: [0, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000],
};
const describe = ({ functionName }: { functionName: string }) => ({
  name: functionName,
  package: functionName === "parse" ? "express" : "services/cart",
  source: "",
});

test("a profile becomes a tree in which the same function under the same caller is one", () => {
  const { tree, idleMs } = sumUp(profile, describe);

  expect(idleMs).toBe(2);
  expect(tree.totalMs).toBe(5);
  expect(tree.children.map(({ frame: { name }, totalMs }) => [name, totalMs])).toEqual([
    ["serve", 4],
    ["<script>", 1],
  ]);
  expect(tree.children[0]?.children.map(({ selfMs }) => selfMs)).toEqual([3]);
  expect(selfTimes(tree, (each) => each.package)).toEqual([
    ["express", 3],
    ["services/cart", 2],
  ]);
});

test("a flame graph draws every function as wide as its time, and takes names for text", () => {
  const page = flameGraph("Flame graph", "of a test", sumUp(profile, describe).tree);

  expect(page).toMatch(/left:0\.000%;width:80\.000%;[^>]*>serve</);
  expect(page).toMatch(/left:0\.000%;width:60\.000%;[^>]*>parse</);
  expect(page).toContain("&lt;script&gt;");
});
