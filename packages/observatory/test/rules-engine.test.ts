import { describe, expect, test } from "@jest/globals";
import { createMetricStorage } from "../src/metrics/metric-storage.ts";
import { Labels, METRIC_NAME } from "../src/promql/labels.ts";
import { queryInstant } from "../src/promql/query.ts";
import { createRuleEngine } from "../src/rules/rule-engine.ts";
import { parseRuleFile } from "../src/rules/rule-file.ts";
import { compileTemplate } from "../src/rules/template.ts";

const T = Date.UTC(2026, 10, 20);

/** Rules over one gauge `load` per host; every step is ten seconds long. */
function givenRules(rules: string) {
  const storage = createMetricStorage();
  const engine = createRuleEngine(parseRuleFile(`groups: [{ name: g, rules: [${rules}] }]`), storage);
  let atMs = T;
  return {
    engine,
    async step(loads: Record<string, number | undefined>) {
      atMs += 10_000;
      for (const [host, value] of Object.entries(loads)) {
        const labels = Labels.of([
          [METRIC_NAME, "load"],
          ["host", host],
        ]);
        storage.series(labels, { cumulative: false })?.append(atMs, value);
      }
      await engine.evaluate(atMs);
      return engine.alerts().map(({ labels, state }) => `${labels.get("host")} ${state}`);
    },
    ask(query: string): Record<string, number> {
      const value = queryInstant(query, storage, atMs);
      if (typeof value === "number") return { scalar: value };
      return Object.fromEntries(value.map(({ labels, value: each }) => [labels.toString(), each]));
    },
    seconds: () => (atMs - T) / 1000,
  };
}

describe("an alert", () => {
  const busy = `{ alert: Busy, expr: load > 5, for: 20s, labels: { severity: page, at: "{{ $labels.host }}" },
    annotations: { summary: "{{ $labels.host }} is at {{ $value }}" } }`;

  test("is pending while its condition has not held long enough, then fires, then is inactive", async () => {
    const { step, engine, ask } = givenRules(busy);

    expect(await step({ a: 1, b: 9 })).toEqual(["b pending"]);
    expect(ask("ALERTS")).toEqual({
      'ALERTS{alertname="Busy",alertstate="pending",at="b",host="b",severity="page"}': 1,
    });
    expect(await step({ a: 1, b: 9 })).toEqual(["b pending"]);
    expect(await step({ a: 7, b: 8 })).toEqual(["b firing", "a pending"].toSorted());
    expect(ask('ALERTS{host="b"}')).toEqual({
      'ALERTS{alertname="Busy",alertstate="firing",at="b",host="b",severity="page"}': 1,
    });
    const firing = engine.alerts().find(({ state }) => state === "firing");
    expect(firing).toMatchObject({ value: 8, activeAtMs: T + 10_000, firingSinceMs: T + 30_000 });
    expect(firing?.annotations.get("summary")).toBe("b is at 8");
    expect(await step({ a: 7, b: 1 })).toEqual(["a pending"]);
    expect(ask('ALERTS{host="b"}')).toEqual({});
    expect(ask('ALERTS_FOR_STATE{host="a"}')).toEqual({
      'ALERTS_FOR_STATE{alertname="Busy",at="a",host="a",severity="page"}': T / 1000 + 30,
    });
  });

  test("whose condition breaks off begins to wait anew", async () => {
    const { step } = givenRules(busy);

    await step({ a: 9 });
    await step({ a: 9 });
    expect(await step({ a: 1 })).toEqual([]);
    expect(await step({ a: 9 })).toEqual(["a pending"]);
    expect(await step({ a: 9 })).toEqual(["a pending"]);
    expect(await step({ a: 9 })).toEqual(["a firing"]);
  });

  test("of a series that is gone is inactive", async () => {
    const { step } = givenRules(busy);

    for (let time = 0; time < 3; time++) await step({ a: 9 });
    expect(await step({ a: undefined })).toEqual([]);
  });

  test("without a time to wait fires at once", async () => {
    expect(await givenRules("{ alert: Busy, expr: load > 5 }").step({ a: 9 })).toEqual(["a firing"]);
  });
});

describe("a recording rule", () => {
  test("writes what later rules read in the same round, under its name and labels", async () => {
    const { step, ask } = givenRules(`
      { record: "host:load:double", expr: 2 * load, labels: { unit: jobs, host: "" } },
      { record: "load:sum", expr: "sum(host:load:double)" },
      { record: "answer", expr: "6 * 7" }`);

    await step({ a: 3 });

    expect(ask("host:load:double")).toEqual({ 'host:load:double{unit="jobs"}': 6 });
    expect(ask("load:sum")).toEqual({ "load:sum{}": 6 });
    expect(ask("answer")).toEqual({ "answer{}": 42 });
  });

  test("marks what it no longer gives as gone", async () => {
    const { step, ask } = givenRules(`{ record: "busy", expr: load > 5 }`);

    await step({ a: 9, b: 9 });
    expect(Object.keys(ask("busy"))).toHaveLength(2);
    await step({ a: 9, b: 1 });
    expect(ask("busy")).toEqual({ 'busy{host="a"}': 9 });
  });

  test("that fails says why, and neither stops the others nor takes back what it gave", async () => {
    const { step, ask, engine } = givenRules(`
      { record: "one", expr: sum without (host) (load), labels: {} },
      { record: "same", expr: load, labels: { host: x } },
      { record: "last", expr: count(load) }`);

    await step({ a: 1 });
    await step({ a: 1, b: 1 });

    expect(engine.rules().map(({ health, results }) => [health, results])).toEqual([
      ["ok", 1],
      ["error", 1],
      ["ok", 1],
    ]);
    expect(engine.rules()[1]?.lastError).toBe("several series would become the same same");
    expect(ask("last")).toEqual({ "last{}": 2 });
    expect(ask("same")).toEqual({ 'same{host="x"}': 1 });
  });
});

describe("a rules file that Prometheus or the observatory would read differently is refused", () => {
  const inGroup = (rule: string) => `groups: [{ name: g, rules: [{ record: ok, expr: up }, ${rule}] }]`;
  test.each([
    [inGroup("{ record: a, expr: rate(up) }"), "group g, rule 2: rate needs a range vector"],
    [inGroup(`{ record: a, expr: "up[5m]" }`), "group g, rule 2: a rule cannot give a range vector"],
    [inGroup("{ record: a b, expr: up }"), "is no metric name"],
    [inGroup("{ record: a, expr: up, for: 5m }"), 'group g, rule 2: ✖ Unrecognized key: "for"'],
    [inGroup("{ alert: a, expr: up, keep_firing_for: 5m }"), "keep_firing_for"],
    [inGroup("{ alert: a, expr: up, for: soon }"), "is no duration"],
    [inGroup("{ alert: a }"), "expr"],
    [inGroup('{ alert: a, expr: up, labels: { "a-b": c } }'), 'at labels["a-b"]'],
    [
      inGroup('{ alert: a, expr: up, annotations: { x: "{{ range query }}" } }'),
      "the template {{ range query }} is not supported",
    ],
    ["groups: [{ name: a, rules: [] }, { name: a, rules: [] }]", "the group a stands there twice"],
    ["groups: [{ name: a, limit: 5, rules: [] }]", "limit"],
    ["groups: [", "no YAML"],
    ["rules: []", "groups"],
  ])("%s", (text, reason) => {
    expect(() => parseRuleFile(text)).toThrow(reason);
  });
});

test.each([
  ["{{ $labels.host }}|{{$labels.missing}}|", 1, "a||"],
  ["{{ $value }}", 0.00001234, "1.234e-05"],
  ["{{ $value }}", 1e21, "1e+21"],
  ["{{ $value }}", 1_234_567.5, "1.2345675e+06"],
  ["{{ $value }}", Number.POSITIVE_INFINITY, "+Inf"],
  ["{{ $value | humanizePercentage }}", 0.123456, "12.35%"],
  ['{{ $value | printf "%.1f" }}', 14.449, "14.4"],
  ["{{ $value | humanizeDuration }}", 0.6, "600ms"],
  ["{{ $value | humanizeDuration }}", 93_784, "1d 2h 3m 4s"],
  ["no action", 1, "no action"],
])("the template %s of %d is %s", (template, value, text) => {
  const labels = Labels.of([["host", "a"]]);

  expect(compileTemplate(template)(labels, value)).toBe(text);
});
