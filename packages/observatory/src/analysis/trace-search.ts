import type { TraceSummary } from "../api-types.ts";
import { attributeText, type Attributes } from "../otlp/attributes.ts";
import type { Span } from "../otlp/span.ts";
import type { StoredTrace } from "../store/stored-trace.ts";
import { operationOf } from "./operation.ts";
import { summarise } from "./trace-summary.ts";

/** Everything is optional; what is given must all hold. */
export type TraceFilter = {
  /** Some span is of this service, and (with `route`) is this operation. */
  readonly service?: string;
  readonly route?: string;
  readonly minMs?: number;
  readonly maxMs?: number;
  /** Started at or after, in milliseconds since 1970. */
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly errorsOnly?: boolean;
  /** Each must be on some span; without a value, the key alone. */
  readonly attributes?: readonly AttributeCondition[];
};

export type AttributeCondition = { readonly key: string; readonly value: string | null };

/** `key=value`; keys of OpenTelemetry contain no "=", values may. */
export function parseAttributeCondition(text: string): AttributeCondition {
  const at = text.indexOf("=");
  return at === -1 ? { key: text, value: null } : { key: text.slice(0, at), value: text.slice(at + 1) };
}

/** Matching traces, those that started (or else arrived) last first. */
export function searchTraces(traces: Iterable<StoredTrace>, filter: TraceFilter): TraceSummary[] {
  const found: TraceSummary[] = [];
  for (const trace of traces) if (matches(trace, filter)) found.push(summarise(trace));
  return found.toReversed().toSorted((a, b) => b.startMs - a.startMs);
}

export function matches(trace: StoredTrace, filter: TraceFilter): boolean {
  if (trace.spans.length === 0) return false;
  if (filter.errorsOnly === true && trace.errors === 0) return false;
  const { startMs, durationMs } = summarise(trace);
  if (durationMs < (filter.minMs ?? 0) || durationMs > (filter.maxMs ?? Infinity)) return false;
  if (startMs < (filter.fromMs ?? 0) || startMs > (filter.toMs ?? Infinity)) return false;
  return isOfOperation(trace, filter) && hasAttributes(trace, filter.attributes ?? []);
}

export function isOfOperation({ spans }: StoredTrace, { service, route }: TraceFilter): boolean {
  if (service === undefined && route === undefined) return true;
  return spans.some(
    (span) =>
      (service === undefined || span.resource.service === service) &&
      (route === undefined || operationOf(span) === route),
  );
}

const hasAttributes = ({ spans }: StoredTrace, conditions: readonly AttributeCondition[]): boolean =>
  conditions.every((condition) => spans.some((span) => spanHas(span, condition)));

const spanHas = (span: Span, condition: AttributeCondition): boolean =>
  has(span.attributes, condition) || has(span.resource.attributes, condition);

function has({ keys, values }: Attributes, { key, value }: AttributeCondition): boolean {
  const at = keys.indexOf(key);
  return at !== -1 && (value === null || attributeText(values[at] ?? null) === value);
}
