import { expect, test } from "@jest/globals";
import { median, quantile, trendOf } from "../src/measure/statistics.ts";

test("the middle of an even number of values is between the two in the middle", () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBeNaN();
});

test("one value in twenty lies above the 95th percentile", () => {
  const values = Array.from({ length: 100 }, (_, at) => 100 - at);
  expect(quantile(values, 0.95)).toBe(96);
});

test("a line's slope is found, and how sure that is", () => {
  const line = Array.from({ length: 50 }, (_, at): [number, number] => [at, 10 + 2 * at]);
  expect(trendOf(line)).toEqual({ mean: 59, slope: 2, error: 0 });

  const zigzag = Array.from({ length: 50 }, (_, at): [number, number] => [at, 10 + (at % 2)]);
  const { slope, error } = trendOf(zigzag);
  expect(Math.abs(slope)).toBeLessThan(2 * error);
});
