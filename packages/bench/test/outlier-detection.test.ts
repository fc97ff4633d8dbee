import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { createRandom } from "@mall/loadgenerator";
import { createOutlierDetection, meshSettings } from "../src/breaker/outlier-detection.ts";
import { ejectionsWithin, failuresUntilEjected, shareWithEjection } from "../src/breaker/theory.ts";

const rule = readFileSync(
  join(import.meta.dirname, "../../../base/components/service/destination-rule.yaml"),
  "utf8",
);

test("the bench ejects as the mesh does", () => {
  const { consecutive5xx, intervalMs, baseEjectionMs, mostEjectedPercent } = meshSettings;
  expect(rule).toMatch(new RegExp(`consecutive5xxErrors: ${consecutive5xx}$`, "m"));
  expect(rule).toMatch(new RegExp(`interval: ${intervalMs / 1_000}s$`, "m"));
  expect(rule).toMatch(new RegExp(`baseEjectionTime: ${baseEjectionMs / 1_000}s$`, "m"));
  expect(rule).toMatch(new RegExp(`maxEjectionPercent: ${mostEjectedPercent}$`, "m"));
});

describe("an instance", () => {
  function givenTwo() {
    let now = 0;
    const detection = createOutlierDetection(2, meshSettings, () => now);
    return { detection, wait: (ms: number) => (now += ms) };
  }

  test("is put out after two failures in a row, not after two with a success between them", () => {
    const { detection } = givenTwo();
    for (const status of [500, 200, 500]) detection.answered(1, status);
    expect(detection.healthy()).toEqual([0, 1]);

    detection.answered(1, 503);
    expect(detection.healthy()).toEqual([0]);
  });

  test("comes back with the first sweep after its time, and stays out longer the second time", () => {
    const { detection, wait } = givenTwo();
    wait(5_000);
    const putOut = () => [500, 500].forEach((status) => detection.answered(1, status));
    putOut();
    wait(34_000);
    expect(detection.healthy()).toEqual([0]);
    wait(1_000);
    expect(detection.healthy()).toEqual([0, 1]);

    putOut();
    wait(59_000);
    expect(detection.healthy()).toEqual([0]);
    wait(1_000);
    expect(detection.healthy()).toEqual([0, 1]);
  });

  test("stays when the other one is out already: half failing is better than nobody there", () => {
    const { detection } = givenTwo();
    for (const instance of [0, 0, 1, 1]) detection.answered(instance, 500);
    expect(detection.healthy()).toEqual([1]);
  });
});

test("theory foretells what the detection lets through", () => {
  const seconds = 200;
  const runs = 300;
  const everyMs = 25;
  const random = createRandom(1);
  let failures = 0;
  let ejections = 0;
  for (let run = 0; run < runs; run++) {
    let now = 0;
    const detection = createOutlierDetection(2, meshSettings, () => now);
    for (; now < seconds * 1_000; now += everyMs) {
      const chosen = random.pick(detection.healthy());
      const failed = chosen === 1 && random.between(0, 1) === 1;
      if (failed) failures++;
      detection.answered(chosen, failed ? 500 : 200);
    }
    ejections += detection.ejections;
  }
  const calls = (seconds * 1_000) / everyMs;

  expect(failuresUntilEjected(2)).toBe(3);
  expect(ejectionsWithin(seconds * 1_000, meshSettings)).toBe(3);
  expect(ejections / runs).toBeCloseTo(3, 0);
  expect(failures / runs / calls).toBeCloseTo(shareWithEjection(seconds * 1_000, calls, meshSettings), 3);
});
