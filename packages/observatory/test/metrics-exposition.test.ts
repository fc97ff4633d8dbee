import { describe, expect, test } from "@jest/globals";
import { parseExemplar, parseExposition } from "../src/metrics/exposition.ts";
import { parseSeries } from "../src/metrics/exposition-syntax.ts";

const open = (text: string) => [...parseExposition(text, "openmetrics")];

test("OpenMetrics: counters, histograms with exemplars, escapes, times in seconds", () => {
  const samples = open(
    [
      "# HELP a Some words",
      "# TYPE a counter",
      'a_total{path="x\\"y\\\\z\\n",b="}"} 3 1700000000.5',
      "# TYPE d histogram",
      'd_bucket{le="0.5"} 7 # {trace_id="0af7",span_id="b7"} 0.25 1700000001.25',
      'd_bucket{le="+Inf"} 9 # {trace_id="0af8"} 3',
      "d_count 9",
      "# TYPE g gauge",
      "g_total +Inf",
      'n{a="1",} NaN',
      "# EOF",
      "",
    ].join("\n"),
  );

  expect(samples).toMatchObject([
    { value: 3, timeMs: 1_700_000_000_500, cumulative: true, exemplar: null },
    {
      series: 'd_bucket{le="0.5"}',
      value: 7,
      timeMs: null,
      cumulative: true,
    },
    { value: 9 },
    { series: "d_count", value: 9, cumulative: true },
    { series: "g_total", value: Number.POSITIVE_INFINITY, cumulative: false },
    { value: Number.NaN, cumulative: false },
  ]);
  expect(parseExemplar(samples[1]?.exemplar ?? "")).toEqual({
    labels: [
      ["trace_id", "0af7"],
      ["span_id", "b7"],
    ],
    value: 0.25,
    timeMs: 1_700_000_001_250,
  });
  expect(parseExemplar(samples[2]?.exemplar ?? "")).toMatchObject({ value: 3, timeMs: null });
  expect(parseSeries(samples[0]?.series ?? "").pairs).toEqual([
    ["__name__", "a_total"],
    ["b", "}"],
    ["path", 'x"y\\z\n'],
  ]);
});

test("Prometheus's older format has times in milliseconds, blanks where it likes, and no end mark", () => {
  const samples = [...parseExposition('a{ b = "c" }  1.5e3   1700000000500\n\nd -Inf', "prometheus")];

  expect(samples).toMatchObject([
    { value: 1_500, timeMs: 1_700_000_000_500 },
    { value: Number.NEGATIVE_INFINITY, timeMs: null },
  ]);
  expect(parseSeries(samples[0]?.series ?? "").get("b")).toBe("c");
});

describe("what is not in the format is refused with its line", () => {
  test.each([
    ["a 1\nb one\n# EOF", 'line 2: "one" is no number'],
    ["a 0x10\n# EOF", 'line 1: "0x10" is no number'],
    ['a{b="c} 1\n# EOF', "line 1: a label"],
    ["{a} 1\n# EOF", "line 1: a metric's name"],
    ["a\n# EOF", "line 1: expected a value"],
    ["a 1 2 3\n# EOF", "line 1: expected a value"],
    ["<html>\n# EOF", "line 1: a metric's name"],
    ["a 1\n", '"# EOF" is missing'],
  ])("%j", (text, reason) => {
    expect(() => open(text)).toThrow(reason);
  });
});

test.each(['a{b="c" d="e"}', "a{b=c}", 'a{1="c"}', "a{,}"])("the series %s is refused", (text) => {
  expect(() => parseSeries(text)).toThrow("expected");
});
