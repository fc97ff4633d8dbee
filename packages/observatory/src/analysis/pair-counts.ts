import { attributeText, type Attributes, type AttributeValue } from "../otlp/attributes.ts";
import type { Resource, Span } from "../otlp/span.ts";
import type { StoredTrace } from "../store/stored-trace.ts";

/** Distinct pairs that are counted; a trace with unique values everywhere must not fill the memory. */
const MAX_PAIRS = 50_000;
const MAX_VALUE_LENGTH = 200;

export type PairCount = { readonly key: string; readonly value: string; selected: number; others: number };
type Group = "selected" | "others";
/** Counted once per trace, so that long traces do not weigh more. */
type Counter = PairCount & { last: StoredTrace | null };
/** By its text; a number, which would have to be made a text of each time, by itself as well. */
type ByValue = Map<AttributeValue, Counter>;

/**
 * In how many traces of two groups each attribute occurs, on any span or its process. Tens of thousands of spans share
 * a few dozen lists of keys and resources, so that finding a counter takes a look-up and makes no text.
 */
export function createPairCounts() {
  const byKey = new Map<string, ByValue>();
  const byKeys = new Map<readonly string[], readonly ByValue[]>();
  const ofResources = new Map<Resource, readonly Counter[]>();
  let pairs = 0;

  function valuesOf(key: string): ByValue {
    const known = byKey.get(key) ?? new Map<AttributeValue, Counter>();
    byKey.set(key, known);
    return known;
  }

  function columnsOf(keys: readonly string[]): readonly ByValue[] {
    const known = byKeys.get(keys);
    if (known !== undefined) return known;
    const columns = keys.map(valuesOf);
    byKeys.set(keys, columns);
    return columns;
  }

  /** Undefined when there is no room for another pair. */
  function counterOf(key: string, value: AttributeValue, ofKey: ByValue): Counter | undefined {
    const known = ofKey.get(value);
    if (known !== undefined) return known;
    // Equal is what reads alike: 200 and "200", two lists of the same, values that begin alike and are cut.
    const text = attributeText(value).slice(0, MAX_VALUE_LENGTH);
    const counter = ofKey.get(text) ?? newCounter(key, text, ofKey);
    if (counter !== undefined && typeof value === "number") ofKey.set(value, counter);
    return counter;
  }

  function newCounter(key: string, text: string, ofKey: ByValue): Counter | undefined {
    if (pairs >= MAX_PAIRS) return undefined;
    const counter = { key, value: text, selected: 0, others: 0, last: null };
    ofKey.set(text, counter);
    pairs += 1;
    return counter;
  }

  function countersOf({ keys, values }: Attributes): readonly Counter[] {
    const columns = columnsOf(keys);
    return columns.flatMap((column, at) => counterOf(keys[at] ?? "", values[at] ?? null, column) ?? []);
  }

  function countersOfResource(resource: Resource): readonly Counter[] {
    const known = ofResources.get(resource) ?? countersOf(resource.attributes);
    ofResources.set(resource, known);
    return known;
  }

  function addSpan({ resource, name, status, attributes }: Span, trace: StoredTrace, group: Group): void {
    const count = (counter: Counter | undefined): void => {
      if (counter === undefined || counter.last === trace) return;
      counter.last = trace;
      counter[group] += 1;
    };
    count(counterOf("service.name", resource.service, valuesOf("service.name")));
    count(counterOf("span.name", name, valuesOf("span.name")));
    if (status === "error") count(counterOf("span.error", name, valuesOf("span.error")));
    const { keys, values } = attributes;
    const columns = columnsOf(keys);
    for (const [at, column] of columns.entries())
      count(counterOf(keys[at] ?? "", values[at] ?? null, column));
    for (const counter of countersOfResource(resource)) count(counter);
  }

  return {
    add(trace: StoredTrace, group: Group): void {
      for (const span of trace.spans) addSpan(span, trace, group);
    },
    all: (): readonly PairCount[] =>
      [...byKey.values()].flatMap((ofKey) => [...new Set<PairCount>(ofKey.values())]),
  };
}
