import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type ServiceUnderTest, startForTest } from "@mall/kit/testing";
import { checkout } from "../../../services/checkout/src/app.ts";
import { info } from "../../../services/info/src/app.ts";
import { anEvent } from "../../../services/info/test/order-events.ts";
import { METRIC_NAME } from "../src/promql/labels.ts";
import { evaluate } from "../src/promql/evaluate.ts";
import { parseQuery } from "../src/promql/parser.ts";
import type { Expression, Selector } from "../src/promql/syntax-tree.ts";
import { parseRuleFile } from "../src/rules/rule-file.ts";
import { createRuleEngine } from "../src/rules/rule-engine.ts";
import { storageWith } from "./support/mall-series.ts";
import { requireInstalled } from "./support/prometheus.ts";
import {
  inputSeries,
  labelsOf,
  milliseconds,
  readScenarios,
  type RuleScenario,
} from "./support/rule-scenarios.ts";

const alertsFolder = join(__dirname, "../../../base/alerts");
const groups = parseRuleFile(readFileSync(join(alertsFolder, "rules/mall-rules.yaml"), "utf8"));
const rules = groups.flatMap((group) => group.rules);
const scenarioFile = join(alertsFolder, "tests/mall-rules.test.yaml");
const startMs = Date.UTC(2026, 10, 20);

test("promtool finds that the mall's rules do what their tests say", () => {
  requireInstalled("promtool");

  const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", scenarioFile], {
    encoding: "utf8",
  });

  expect({ status, said: `${stdout}${stderr}` }).toEqual({
    status: 0,
    said: expect.stringContaining("SUCCESS"),
  });
});

describe("the observatory does what the same tests say", () => {
  const { tests, evaluationMs } = readScenarios(scenarioFile);

  test.each(tests.map((scenario) => [scenario.name, scenario] as const))("%s", async (_, scenario) => {
    const storage = storageWith(inputSeries(scenario, startMs));
    const engine = createRuleEngine(groups, storage);
    const wanted = expectations(scenario, evaluationMs);
    expect(wanted.size).toBeGreaterThan(0);
    const end = Math.max(...wanted.keys());

    for (let atMs = startMs; atMs <= end; atMs += evaluationMs) {
      await engine.evaluate(atMs);
      expect(engine.rules().filter(({ health }) => health !== "ok")).toEqual([]);
      for (const check of wanted.get(atMs) ?? []) check(atMs);
    }

    function expectations({ promql_expr_test = [], alert_rule_test = [] }: RuleScenario, stepMs: number) {
      const checks = new Map<number, ((atMs: number) => void)[]>();
      const at = (time: string, check: (atMs: number) => void): void => {
        const atMs = startMs + milliseconds(time);
        expect((atMs - startMs) % stepMs).toBe(0);
        checks.set(atMs, [...(checks.get(atMs) ?? []), check]);
      };
      for (const { expr, eval_time: time, exp_samples: samples } of promql_expr_test)
        at(time, (atMs) => {
          const found = evaluate(parseQuery(expr), storage, atMs);
          if (typeof found === "number") throw new Error(`${expr} gives a scalar`);
          expect(new Map(found.map(({ labels, value }) => [labels.toString(), value]))).toEqual(
            new Map(samples.map(({ labels, value }) => [labelsOf(labels).toString(), value])),
          );
        });
      for (const { alertname, eval_time: time, exp_alerts: alerts } of alert_rule_test)
        at(time, () => {
          const firing = engine
            .alerts()
            .filter(({ state, labels }) => state === "firing" && labels.get("alertname") === alertname);
          expect(
            firing.map(({ labels, annotations }) => ({
              exp_labels: Object.fromEntries(labels.without(["alertname"]).pairs),
              exp_annotations: Object.fromEntries(annotations),
            })),
          ).toEqual(alerts);
        });
      return checks;
    }
  });
});

describe("what the rules read is there to be read", () => {
  let services: ServiceUnderTest[];
  let pages: string;

  beforeAll(async () => {
    // Nothing is called but one address at which nobody answers, so that a failed call is exported as well.
    const nobody = "http://127.0.0.1:9";
    const called = ["CART", "PRODUCT", "CURRENCY", "PURCHASE", "SHIPPING", "EMAIL", "INFO"];
    const addresses = Object.fromEntries(called.map((name) => [`${name}_URL`, nobody]));
    services = [await startForTest(checkout, addresses), await startForTest(info, addresses)];
    const [, statistics] = services;
    await fetch(`${statistics?.url}/stats`);
    await fetch(`${statistics?.url}/events`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(anEvent()),
    });
    const answers = await Promise.all(services.map(({ url }) => fetch(`${url}/metrics`)));
    pages = (await Promise.all(answers.map((answer) => answer.text()))).join("\n");
  });
  afterAll(() => Promise.all(services.map((service) => service.stop())));

  test("every metric is exported by a service, or recorded by a rule, or reported by the scraper", () => {
    const exported = exportedNames(pages);
    const known = new Set([...exported, ...rules.map(({ name }) => name), "up"]);

    const unknown = rules.flatMap(({ name, expression }) =>
      selectorsOf(expression)
        .map(metricOf)
        .filter((metric) => !known.has(metric))
        .map((metric) => `${name} reads ${metric}`),
    );

    expect(exported.size).toBeGreaterThan(30);
    expect(unknown).toEqual([]);
  });

  test("every label is one that a service exports, the scraper adds or a rule sets", () => {
    const exported = [...pages.matchAll(/[{,](\w+)="/g)].map(([, label]) => label ?? "");
    const scraped = ["instance", "namespace"];
    const known = new Set([...exported, ...scraped, ...rules.flatMap(({ labels }) => [...labels.keys()])]);

    const used = new Set(rules.flatMap(({ expression }) => labelsIn(expression)));

    expect(used).toContain("http_response_status_code");
    expect([...used].filter((label) => !known.has(label))).toEqual([]);
  });
});

function exportedNames(pages: string): Set<string> {
  const suffixes: Record<string, string[]> = {
    histogram: ["_bucket", "_count", "_sum"],
    counter: ["_total"],
  };
  return new Set(
    [...pages.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, family = "", type = ""]) =>
      (suffixes[type] ?? [""]).map((suffix) => `${family}${suffix}`),
    ),
  );
}

function childrenOf(expression: Expression): readonly Expression[] {
  if (expression.kind === "call") return expression.args;
  if (expression.kind === "binary") return [expression.left, expression.right];
  return "operand" in expression ? [expression.operand] : [];
}

const selectorsOf = (expression: Expression): readonly Selector[] =>
  expression.kind === "selector" ? [expression] : childrenOf(expression).flatMap(selectorsOf);

const metricOf = ({ matchers }: Selector): string =>
  matchers.find(({ name }) => name === METRIC_NAME)?.value ?? "";

function labelsIn(expression: Expression): readonly string[] {
  const own =
    expression.kind === "selector"
      ? expression.matchers.map(({ name }) => name).filter((name) => name !== METRIC_NAME)
      : expression.kind === "aggregation"
        ? expression.labels
        : expression.kind === "binary"
          ? [...expression.matching.labels, ...expression.matching.include]
          : [];
  return [...own, ...childrenOf(expression).flatMap(labelsIn)];
}
