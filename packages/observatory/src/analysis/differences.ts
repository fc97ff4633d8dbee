import type { Differences } from "../api-types.ts";
import { attributeText } from "../otlp/attributes.ts";
import type { StoredTrace } from "../store/stored-trace.ts";

/** Distinct pairs that are counted; a trace with unique values everywhere must not fill the memory. */
const MAX_PAIRS = 50_000;
const MAX_VALUE_LENGTH = 200;
const SHOWN = 25;
/** Smaller differences are noise at the sizes that a store holds. */
const WORTH_SHOWING = 0.05;

type Counts = { readonly key: string; readonly value: string; selected: number; others: number };

/**
 * Which attributes (of any span, or of its process) the selected traces have more often than the others. A pair
 * counts once per trace, so that long traces do not weigh more.
 */
export function findDifferences(
  selected: readonly StoredTrace[],
  others: readonly StoredTrace[],
): Differences {
  const pairs = new Map<string, Counts>();
  for (const trace of selected) for (const pair of pairsOf(trace, pairs)) pair.selected += 1;
  for (const trace of others) for (const pair of pairsOf(trace, pairs)) pair.others += 1;

  const shares = [...pairs.values()].map((pair) => ({
    key: pair.key,
    value: pair.value,
    selectedShare: selected.length === 0 ? 0 : pair.selected / selected.length,
    otherShare: others.length === 0 ? 0 : pair.others / others.length,
  }));
  const excess = (pair: (typeof shares)[number]): number => pair.selectedShare - pair.otherShare;
  return {
    selected: selected.length,
    others: others.length,
    differences: shares
      .filter((pair) => excess(pair) >= WORTH_SHOWING)
      .toSorted((a, b) => excess(b) - excess(a) || (a.key < b.key ? -1 : 1))
      .slice(0, SHOWN),
  };
}

function pairsOf(trace: StoredTrace, pairs: Map<string, Counts>): Set<Counts> {
  const found = new Set<Counts>();
  const add = (key: string, value: string): void => {
    const pair = pairFor(key, value, pairs);
    if (pair !== undefined) found.add(pair);
  };
  for (const span of trace.spans) {
    add("service.name", span.resource.service);
    add("span.name", span.name);
    if (span.status === "error") add("span.error", span.name);
    for (const { keys, values } of [span.attributes, span.resource.attributes]) {
      for (const [at, key] of keys.entries()) add(key, attributeText(values[at] ?? null));
    }
  }
  return found;
}

function pairFor(key: string, text: string, pairs: Map<string, Counts>): Counts | undefined {
  const value = text.slice(0, MAX_VALUE_LENGTH);
  const id = `${key}\u0000${value}`;
  const known = pairs.get(id);
  if (known !== undefined) return known;
  if (pairs.size >= MAX_PAIRS) return undefined;
  const pair = { key, value, selected: 0, others: 0 };
  pairs.set(id, pair);
  return pair;
}
