import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { parseSelector } from "../../src/promql/parse-selector.ts";
import { parseDuration } from "../../src/promql/duration.ts";
import { Labels, noLabels } from "../../src/promql/labels.ts";
import { TokenReader } from "../../src/promql/token-reader.ts";
import type { WrittenSample, WrittenSeries } from "./remote-write.ts";

/** A test in promtool's format, as far as the mall's tests use it. */
export type RuleScenario = {
  readonly name: string;
  readonly interval: string;
  readonly input_series: readonly { readonly series: string; readonly values: string }[];
  readonly promql_expr_test?: readonly {
    readonly expr: string;
    readonly eval_time: string;
    readonly exp_samples: readonly { readonly labels: string; readonly value: number }[];
  }[];
  readonly alert_rule_test?: readonly {
    readonly alertname: string;
    readonly eval_time: string;
    readonly exp_alerts: readonly {
      readonly exp_labels: Record<string, string>;
      readonly exp_annotations: Record<string, string>;
    }[];
  }[];
};

export function readScenarios(file: string): { tests: readonly RuleScenario[]; evaluationMs: number } {
  const { tests, evaluation_interval: interval } = parse(readFileSync(file, "utf8")) as {
    tests: RuleScenario[];
    evaluation_interval: string;
  };
  return { tests, evaluationMs: milliseconds(interval) };
}

export function milliseconds(duration: string): number {
  const value = parseDuration(duration);
  if (value === undefined) throw new Error(`${duration} is no duration`);
  return value;
}

export function labelsOf(text: string): Labels {
  if (text === "{}") return noLabels;
  const { matchers } = parseSelector(new TokenReader(text));
  return Labels.of(matchers.map(({ name, value }) => [name, value] as const));
}

export const inputSeries = ({ input_series: input, interval }: RuleScenario, startMs: number) =>
  input.map(({ series, values }): WrittenSeries => ({
    labels: labelsOf(series),
    samples: expand(values).flatMap((value, at): WrittenSample[] =>
      value === "_" ? [] : [{ timeMs: startMs + at * milliseconds(interval), value }],
    ),
  }));

/** promtool's notation: `1x3` is four times 1, `0+2x3` is 0 2 4 6, `_` no sample, `stale` a staleness marker. */
function expand(notation: string): (number | undefined | "_")[] {
  return notation.split(/\s+/).flatMap((part): (number | undefined | "_")[] => {
    if (part === "_") return ["_"];
    if (part === "stale") return [undefined];
    const [, start, step = "0", times] = /^(-?[\d.]+)([+-][\d.]+)?(?:x(\d+))?$/.exec(part) ?? [];
    if (start === undefined) throw new Error(`${part} is not understood`);
    return Array.from({ length: Number(times ?? 0) + 1 }, (_, at) => Number(start) + Number(step) * at);
  });
}
