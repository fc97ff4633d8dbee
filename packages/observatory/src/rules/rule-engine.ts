import { setImmediate } from "node:timers/promises";
import type { RuleView } from "../api-types.ts";
import type { MetricStorage } from "../metrics/metric-storage.ts";
import { evaluate, type Value } from "../promql/evaluate.ts";
import { noLabels } from "../promql/labels.ts";
import type { Sample } from "../promql/series.ts";
import { type AlertInstance, type AlertInstances, nextAlerts } from "./alert-state.ts";
import type { Rule, RuleGroup } from "./rule.ts";
import { alertSamples, createRuleOutput, recordedSamples } from "./rule-output.ts";

/** How a rule fares; what it is stands in the rule. */
export type RuleHealth = Omit<RuleView, "name" | "kind" | "query" | "forMs"> & { readonly rule: Rule };

export type RuleEngine = {
  /**
   * Evaluates every rule in its order, all for the same instant, with a breath between them for other work. A rule
   * that fails is reported and stops no other.
   */
  readonly evaluate: (atMs: number) => Promise<void>;
  readonly rules: () => readonly RuleHealth[];
  /** Pending and firing, in the order of the rules. */
  readonly alerts: () => readonly AlertInstance[];
};

/** Evaluates recording and alerting rules over the storage, and writes what they give into it. */
export function createRuleEngine(groups: readonly RuleGroup[], storage: MetricStorage): RuleEngine {
  const runners = groups.flatMap(({ name, rules }) => rules.map((rule) => createRunner(name, rule, storage)));
  return {
    async evaluate(atMs) {
      for (const { run } of runners) {
        run(atMs);
        await setImmediate();
      }
    },
    rules: () => runners.map(({ health }) => health()),
    alerts: () => runners.flatMap(({ alerts }) => [...alerts().values()]),
  };
}

function createRunner(group: string, rule: Rule, storage: MetricStorage) {
  const output = createRuleOutput(storage);
  let alerts: AlertInstances = new Map();
  let health: RuleHealth = {
    group,
    rule,
    health: "unknown",
    lastError: "",
    evaluatedAtMs: null,
    durationMs: null,
    results: 0,
  };

  function results(atMs: number): readonly Sample[] {
    const samples = asVector(evaluate(rule.expression, storage, atMs));
    if (rule.kind === "recording") return recordedSamples(rule, samples);
    alerts = nextAlerts(rule, alerts, samples, atMs);
    return alertSamples(alerts);
  }

  function run(atMs: number): void {
    const startedAt = performance.now();
    let lastError = "";
    try {
      output.write(results(atMs), atMs);
    } catch (error) {
      lastError = error instanceof Error ? error.message : String(error);
    }
    health = {
      ...health,
      health: lastError === "" ? "ok" : "error",
      lastError,
      evaluatedAtMs: atMs,
      durationMs: performance.now() - startedAt,
      results: output.size(),
    };
  }

  return { run, health: () => health, alerts: () => alerts };
}

const asVector = (value: Value): readonly Sample[] =>
  typeof value === "number" ? [{ labels: noLabels, value }] : value;
