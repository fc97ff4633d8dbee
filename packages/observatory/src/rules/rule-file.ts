import { parse } from "yaml";
import { z } from "zod";
import { parseDuration } from "../promql/duration.ts";
import { parseQuery } from "../promql/parser.ts";
import { valueTypeOf } from "../promql/value-type.ts";
import type { Rule, RuleGroup } from "./rule.ts";
import { RuleFileError } from "./rule-file-error.ts";
import { compileTemplate } from "./template.ts";

const labelName = z.string().regex(/^[a-zA-Z_]\w*$/);
const texts = z.record(labelName, z.string()).default({});
const duration = z
  .string()
  .refine((text) => text === "0" || parseDuration(text) !== undefined, "is no duration");

const recording = z.strictObject({
  record: z.string().regex(/^[a-zA-Z_:][\w:]*$/, "is no metric name"),
  expr: z.string(),
  labels: texts,
});
const alerting = z.strictObject({
  alert: z.string().min(1),
  expr: z.string(),
  for: duration.default("0"),
  labels: texts,
  annotations: texts,
});
const group = z.strictObject({
  name: z.string().min(1),
  // Prometheus's business: the observatory evaluates every group at its own pace.
  interval: duration.optional(),
  rules: z.array(z.unknown()),
});
const file = z.strictObject({ groups: z.array(group) });

/**
 * Reads a Prometheus rules file. Whatever the observatory could not evaluate as Prometheus does is refused.
 * @throws {RuleFileError} naming the group and the rule
 */
export function parseRuleFile(text: string): readonly RuleGroup[] {
  const { groups } = check(file, readYaml(text), "the rules file");
  const repeated = groups.find(({ name }, at) => groups.findIndex((other) => other.name === name) < at);
  if (repeated) throw new RuleFileError(`the group ${repeated.name} stands there twice`);
  return groups.map(({ name, rules }) => ({
    name,
    rules: rules.map((rule, at) => parseRule(rule, `group ${name}, rule ${at + 1}`)),
  }));
}

function readYaml(text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new RuleFileError(`the rules file is no YAML: ${String(cause)}`, { cause });
  }
}

function parseRule(rule: unknown, place: string): Rule {
  const isRecording = typeof rule === "object" && rule !== null && "record" in rule;
  try {
    return isRecording ? parseRecording(rule, place) : parseAlerting(rule, place);
  } catch (cause) {
    if (cause instanceof RuleFileError && cause.message.startsWith(place)) throw cause;
    throw new RuleFileError(`${place}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function parseRecording(rule: unknown, place: string): Rule {
  const { record: name, expr: query, labels } = check(recording, rule, place);
  return {
    kind: "recording",
    name,
    query: query.trim(),
    expression: parseExpression(query),
    labels: new Map(Object.entries(labels)),
  };
}

function parseAlerting(rule: unknown, place: string): Rule {
  const parsed = check(alerting, rule, place);
  return {
    kind: "alerting",
    name: parsed.alert,
    query: parsed.expr.trim(),
    expression: parseExpression(parsed.expr),
    forMs: parseDuration(parsed.for) ?? 0,
    labels: templates(parsed.labels),
    annotations: templates(parsed.annotations),
  };
}

function parseExpression(query: string) {
  const expression = parseQuery(query);
  if (valueTypeOf(expression) === "range") throw new RuleFileError("a rule cannot give a range vector");
  return expression;
}

const templates = (sources: Readonly<Record<string, string>>) =>
  new Map(Object.entries(sources).map(([name, text]) => [name, compileTemplate(text)] as const));

function check<T>(schema: z.ZodType<T>, value: unknown, place: string): T {
  const result = schema.safeParse(value);
  if (!result.success) throw new RuleFileError(`${place}: ${z.prettifyError(result.error)}`);
  return result.data;
}
