import type { Expression } from "../promql/syntax-tree.ts";
import type { Template } from "./template.ts";

export type RecordingRule = {
  readonly kind: "recording";
  /** The metric that it writes. */
  readonly name: string;
  readonly query: string;
  readonly expression: Expression;
  readonly labels: ReadonlyMap<string, string>;
};

export type AlertingRule = {
  readonly kind: "alerting";
  readonly name: string;
  readonly query: string;
  readonly expression: Expression;
  /** How long the condition must hold before the alert fires. */
  readonly forMs: number;
  readonly labels: ReadonlyMap<string, Template>;
  readonly annotations: ReadonlyMap<string, Template>;
};

export type Rule = RecordingRule | AlertingRule;

/** Evaluated in order: a rule sees what the rules before it have just written. */
export type RuleGroup = { readonly name: string; readonly rules: readonly Rule[] };
