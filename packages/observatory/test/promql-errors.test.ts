import { describe, expect, test } from "@jest/globals";
import { createMetricStorage } from "../src/metrics/metric-storage.ts";
import { Labels, METRIC_NAME } from "../src/promql/labels.ts";
import { parseQuery } from "../src/promql/parser.ts";
import { PromqlError } from "../src/promql/promql-error.ts";
import { queryInstant, queryRange } from "../src/promql/query.ts";

const T = Date.UTC(2026, 10, 20);

function refusal(ask: () => unknown): { message: string; position: number } {
  try {
    ask();
  } catch (error) {
    if (error instanceof PromqlError) return { message: error.message, position: error.position };
    throw error;
  }
  throw new Error("it was not refused");
}

describe("what is outside the subset is refused by name and place", () => {
  test.each([
    ["rate(up[5m:1m])", "subqueries are not supported", 10],
    ["max(rate(up[5m]))[1h:1m]", "subqueries are not supported", 17],
    ["up @ 1700000000", "the @ modifier is not supported", 3],
    ['1 + label_replace(up, "a", "b", "c", "d")', "the function label_replace is not supported", 4],
    ["stddev by (a) (up)", "the function stddev is not supported", 0],
    ["quantile(0.9, up)", "the function quantile is not supported", 0],
    ["up atan2 up", "atan2 is not supported", 3],
    ['"text"', "a string stands only in a matcher", 0],
    ['up{a=~"(?=b)"}', '"(?=b" in a pattern is not supported', 6],
    ['up{a=~"(a)\\\\1"}', "in a pattern is not supported", 6],
    ['up{a=~"\\\\pL"}', '"\\p" in a pattern is not supported', 6],
    ['up{a=~"b(?i)c"}', '"(?i)" is supported at the start of a pattern only', 6],
    ["up[5m]", "a range vector stands only inside a function such as rate", 0],
    ["sum(rate(up))", "rate needs a range vector, not an instant vector", 9],
    ["sum by (service up", 'expected ")", found "up"', 16],
    ["1 + ", "expected a metric, a function, a number or (, found the end", 4],
    ["up ? 1", 'unexpected "?"', 3],
    ['up{a="b', "a string is not closed", 5],
    ["up offset 5", "expected a duration such as 5m", 10],
  ])("%s", (query, reason, position) => {
    const found = refusal(() => queryInstant(query, createMetricStorage(), T));

    expect(found.message).toContain(reason);
    expect(found.position).toBe(position);
    expect(found.message).toMatch(new RegExp(`\\(at character ${position + 1}\\)$`));
  });

  test("a query nested without end, or without end at all", () => {
    expect(refusal(() => parseQuery("(".repeat(5_000))).message).toContain("nested too deeply");
    expect(refusal(() => parseQuery("-".repeat(5_000))).message).toContain("nested too deeply");
    expect(refusal(() => parseQuery("1+".repeat(50_000))).message).toContain("too long");
  });

  test("a range query of too many steps, or of none", () => {
    const storage = createMetricStorage();
    const ask = (stepMs: number) =>
      queryRange("1", storage, { fromMs: T, toMs: T + 3_600_000, stepMs }).map(({ value }) => value);

    expect(ask(1_800_000)).toEqual([1, 1, 1]);
    for (const stepMs of [1, 0, -5, Number.NaN])
      expect(refusal(() => ask(stepMs)).message).toContain("1 to 1000 steps");
  });
});

test("a pattern that would take JavaScript for ever is given up", () => {
  const storage = createMetricStorage();
  const labels = Labels.of([
    [METRIC_NAME, "up"],
    ["path", `${"a".repeat(60)}!`],
  ]);
  storage.series(labels, { cumulative: false })?.append(T, 1);
  const startedAt = performance.now();

  const { message } = refusal(() => queryInstant('up{path=~"(a+)+"}', storage, T));

  expect(message).toContain("takes too long");
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});

test("patterns match whole values, with escapes as RE2 allows them", () => {
  const storage = createMetricStorage();
  const add = (path: string) =>
    storage
      .series(
        Labels.of([
          [METRIC_NAME, "up"],
          ["path", path],
        ]),
        { cumulative: false },
      )
      ?.append(T, 1);
  for (const path of ["/carts/{id}", "/carts", "a-b", "A-B", "한글"]) add(path);
  const found = (pattern: string) => {
    const value = queryInstant(`up{path=~\`${pattern}\`}`, storage, T);
    return typeof value === "number" ? [] : value.map(({ labels }) => labels.get("path"));
  };

  expect(found("/carts")).toEqual(["/carts"]);
  expect(found("/carts/\\{id\\}")).toEqual(["/carts/{id}"]);
  expect(found("a\\-b")).toEqual(["a-b"]);
  expect(found("(?i)a\\-b")).toEqual(["a-b", "A-B"]);
  expect(found("..")).toEqual(["한글"]);
  expect(found("a\\_b")).toEqual([]);
});

test("labels named like properties of objects are only labels", () => {
  const storage = createMetricStorage();
  const labels = Labels.of([
    [METRIC_NAME, "up"],
    ["__proto__", "x"],
    ["constructor", "y"],
  ]);
  storage.series(labels, { cumulative: false })?.append(T, 1);

  const value = queryInstant("sum by (__proto__, constructor, toString) (up)", storage, T);

  expect(value).toMatchObject([{ value: 1 }]);
  expect(typeof value === "number" ? [] : value[0]?.labels.pairs).toEqual([
    ["__proto__", "x"],
    ["constructor", "y"],
  ]);
});
