import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { loadOf } from "../src/k6-load.ts";
import { bundleScript, committedScript } from "../src/node/k6-scripts.ts";
import { newestOf, type TestRun, verdictOf } from "../src/verdict.ts";

test.each(["scenario.js", "verdict.js"] as const)(
  "base/loadtest has %s as its sources make it",
  async (name) => {
    // When this fails: node services/loadgenerator/dist/write-k6-scripts.js
    expect(await readFile(committedScript(name), "utf8")).toBe(await bundleScript(name));
  },
);

test("stages make a rate that climbs, with shoppers enough for the highest", () => {
  expect(loadOf({ STAGES: "1m:5, 30s:20,10s:0", RATE: "3" })).toEqual({
    executor: "ramping-arrival-rate",
    startRate: 0,
    timeUnit: "1s",
    stages: [
      { duration: "1m", target: 5 },
      { duration: "30s", target: 20 },
      { duration: "10s", target: 0 },
    ],
    preAllocatedVUs: 80,
    maxVUs: 400,
  });
});

test("a stage that cannot be read is named", () => {
  expect(() => loadOf({ STAGES: "1m:5,20" })).toThrow('STAGES has "20"');
});

const run = (stage: string, creationTimestamp = "2026-01-01T10:00:00Z"): TestRun => ({
  metadata: { name: "smoke", creationTimestamp },
  spec: { parallelism: 2 },
  status: { stage },
});
const runner = (index: number, succeeded: number) => ({
  metadata: { name: `smoke-${index}` },
  status: { succeeded },
});
const good = { runners: [runner(1, 1), runner(2, 1)], checkoutsFailed: 0, checkoutsFailedBelow: 0.01 };
const failed = (stage: string, evidence: Partial<typeof good>) =>
  verdictOf(run(stage), { ...good, ...evidence })
    .filter(({ passed }) => !passed)
    .map(({ text }) => text);

test("a load test has passed when its runners have, and the shop's own counts agree", () => {
  expect(failed("finished", {})).toEqual([]);
});

test.each([
  ["error", {}, "smoke has ended: error"],
  ["finished", { runners: [runner(1, 1), runner(2, 0)] }, "smoke-2 met its thresholds"],
  ["finished", { runners: [runner(1, 1)] }, "all 2 runners were there: 1"],
  ["finished", { checkoutsFailed: 0.02 }, "below 0.01 failed: 0.02"],
  ["finished", { checkoutsFailed: Number.NaN }, "below 0.01 failed: NaN"],
])("a load test that is %s with %j has failed", (stage, evidence, finding) => {
  expect(failed(stage, evidence)).toEqual([expect.stringContaining(finding)]);
});

test("the last of several runs is judged", () => {
  const later = run("started", "2026-01-01T11:00:00Z");
  expect(newestOf([run("finished"), later, run("finished", "2026-01-01T09:00:00Z")])).toBe(later);
});
