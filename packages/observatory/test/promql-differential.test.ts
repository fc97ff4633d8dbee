import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { analysisQueries } from "../../dashboards/test/support/analysis-queries.ts";
import { expressions } from "../../dashboards/test/support/dashboard-files.ts";
import { exampleSeries } from "../../dashboards/test/support/example-series.ts";
import { withSampleValues } from "../../dashboards/test/support/sample-values.ts";
import type { MetricStorage } from "../src/metrics/metric-storage.ts";
import { PromqlError } from "../src/promql/promql-error.ts";
import { queryInstant } from "../src/promql/query.ts";
import type { Sample } from "../src/promql/series.ts";
import type { Value } from "../src/promql/evaluate.ts";
import { parseRuleFile } from "../src/rules/rule-file.ts";
import { recordedSamples } from "../src/rules/rule-output.ts";
import { END_MS, mallSeries, storageWith } from "./support/mall-series.ts";
import { type Prometheus, startPrometheus } from "./support/prometheus.ts";
import { queries } from "./support/queries.ts";
import { randomQueries } from "./support/random-queries.ts";
import type { WrittenSeries } from "./support/remote-write.ts";

const MINUTE = 60_000;
/** With samples; just after a gap began; within it; after all has ended; on a full minute; between two scrapes. */
const instants = [0, -13.9, -10, 4.99, -60, -81.234].map((minutes) => END_MS + Math.round(minutes * MINUTE));

/** The same samples in both. */
type Both = { readonly prometheus: Prometheus; readonly storage: MetricStorage };

async function givenBoth(series: readonly WrittenSeries[]): Promise<Both> {
  const prometheus = await startPrometheus();
  await writeInOrder(prometheus, series);
  return { prometheus, storage: storageWith(series) };
}

let both: Both;
beforeAll(async () => {
  both = await givenBoth(mallSeries());
}, 120_000);
afterAll(() => both?.prometheus.stop());

describe("the observatory and Prometheus, given the same samples, answer the same to", () => {
  test.each(queries)("%s", async (query) => {
    for (const atMs of instants) await expectSameAnswer(both, query, atMs);
  });

  test("fifteen hundred queries made at random", async () => {
    let refused = 0;
    let answered = 0;
    for (const [at, query] of randomQueries(1500, 42).entries()) {
      const atMs = instants[at % instants.length] ?? END_MS;
      const outcome = await expectSameAnswer(both, query, atMs);
      if (outcome === "refused") refused++;
      if (outcome === "samples") answered++;
    }
    // So that the comparison is not one of nothing with nothing.
    expect(answered).toBeGreaterThan(500);
    expect(refused).toBeGreaterThan(10);
  }, 120_000);

  test("every expression of the mall's rules, each seeing what those before it recorded", async () => {
    const file = join(__dirname, "../../../base/alerts/rules/mall-rules.yaml");
    const rules = parseRuleFile(readFileSync(file, "utf8")).flatMap((group) => group.rules);
    const empty = new Set(rules.map(({ query }) => query));
    for (const atMs of [END_MS - 2 * MINUTE, END_MS - MINUTE, END_MS]) {
      for (const rule of rules) {
        if ((await expectSameAnswer(both, rule.query, atMs)) === "samples") empty.delete(rule.query);
        if (rule.kind === "recording") {
          const answer = await both.prometheus.query(rule.query, atMs);
          await record(recordedSamples(rule, answer as Sample[]), atMs);
        }
      }
    }
    // Conditions of alerts that this mall does not meet; everything else says something.
    expect([...empty].filter((query) => !/[<>]|==|absent/.test(query))).toEqual([]);
  }, 120_000);
});

/**
 * What people and the analysis of canaries ask the cluster's Prometheus, about series made for it: the platform's own
 * metrics are among them, which no laptop has.
 */
describe("they answer the same to every expression of the", () => {
  const dashboards = expressions.map(withSampleValues);
  let cluster: Both;
  beforeAll(async () => {
    cluster = await givenBoth(exampleSeries([...dashboards, ...analysisQueries], recently(mallSeries())));
  }, 120_000);
  afterAll(() => cluster?.prometheus.stop());

  test.each([
    // Draws nothing, and is there for its exemplars: no rate is below zero.
    ["dashboards", dashboards, / < 0$/],
    ["analysis of canaries", analysisQueries, /^$/],
  ])(
    "%s",
    async (_of, asked, silent) => {
      const empty = new Set(asked);
      for (const query of asked)
        for (const minutes of [0, -4.99, -13.9]) {
          const outcome = await expectSameAnswer(cluster, query, END_MS + minutes * MINUTE);
          expect([query, outcome]).not.toEqual([query, "refused"]);
          if (outcome === "samples") empty.delete(query);
        }

      expect(asked.length).toBeGreaterThan(0);
      expect([...empty].filter((query) => !silent.test(query))).toEqual([]);
    },
    120_000,
  );
});

/** Samples to lend, of the last hour and a half: no dashboard and no analysis looks further back. */
function recently(series: readonly WrittenSeries[]) {
  const named = (pattern: RegExp) =>
    series
      .filter(({ labels }) => pattern.test(labels.get("__name__")))
      .map(({ samples }) =>
        samples.filter(({ timeMs }, at) => timeMs > END_MS - 90 * MINUTE && at % 3 === 0),
      );
  return {
    counters: named(/^mall_(?:orders|revenue_minor_units)_total$/),
    gauges: named(/^mall_average_order_value_minor_units$/),
    flags: named(/^up$/),
  };
}

async function expectSameAnswer(
  { prometheus, storage }: Both,
  query: string,
  atMs: number,
): Promise<"samples" | "nothing" | "refused"> {
  const [ours, theirs] = [answerOf(storage, query, atMs), await prometheus.query(query, atMs).catch(asError)];
  const place = `${query} at ${new Date(atMs).toISOString()}`;
  if (ours instanceof Error || theirs instanceof Error) {
    if (!(ours instanceof Error && theirs instanceof Error))
      throw new Error(`${place}: ours is ${describeAnswer(ours)}, Prometheus's ${describeAnswer(theirs)}`);
    return "refused";
  }
  const [known, wanted] = [comparable(ours), comparable(theirs)];
  const differing = [...new Set([...known.keys(), ...wanted.keys()])].filter(
    (key) => !isClose(known.get(key), wanted.get(key)),
  );
  if (differing.length > 0) {
    const lines = differing.map((key) => `  ${key}: ${known.get(key)}, not ${wanted.get(key)}`);
    throw new Error(`${place} differs from Prometheus in\n${lines.join("\n")}`);
  }
  return known.size > 0 ? "samples" : "nothing";
}

function answerOf(storage: MetricStorage, query: string, atMs: number): Value | Error {
  try {
    return queryInstant(query, storage, atMs);
  } catch (error) {
    if (error instanceof PromqlError) return error;
    throw error;
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

const describeAnswer = (answer: Value | Error): string =>
  answer instanceof Error ? `the error "${answer.message}"` : JSON.stringify(answer).slice(0, 300);

const comparable = (answer: Value): Map<string, number> =>
  typeof answer === "number"
    ? new Map([["scalar", answer]])
    : new Map(answer.map(({ labels, value }) => [labels.toString(), value]));

/** Equal to a billionth. */
function isClose(ours: number | undefined, theirs: number | undefined): boolean {
  if (ours === undefined || theirs === undefined) return false;
  if (Object.is(ours, theirs) || ours === theirs) return true;
  return Math.abs(ours - theirs) <= 1e-9 * Math.max(1e-3, Math.abs(ours), Math.abs(theirs));
}

/** Prometheus takes what is at most an hour older than its newest sample. */
async function writeInOrder(prometheus: Prometheus, series: readonly WrittenSeries[]): Promise<void> {
  const step = 30 * MINUTE;
  for (let from = END_MS - 7 * 60 * MINUTE; from <= END_MS; from += step) {
    const slice = series.map(({ labels, samples }) => ({
      labels,
      samples: samples.filter(({ timeMs }) => timeMs >= from && timeMs < from + step),
    }));
    await prometheus.write(slice.filter(({ samples }) => samples.length > 0));
  }
}

async function record(samples: readonly Sample[], atMs: number): Promise<void> {
  for (const { labels, value } of samples)
    both.storage.series(labels, { cumulative: false })?.append(atMs, value);
  if (samples.length > 0)
    await both.prometheus.write(
      samples.map(({ labels, value }) => ({ labels, samples: [{ timeMs: atMs, value }] })),
    );
}
