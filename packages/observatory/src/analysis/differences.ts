import { setImmediate as nextTurn } from "node:timers/promises";
import type { Differences } from "../api-types.ts";
import type { StoredTrace } from "../store/stored-trace.ts";
import { createPairCounts } from "./pair-counts.ts";

const SHOWN = 25;
/** Between two breaths for telemetry and other pages: all traces at once would hold them up. */
const TRACES_AT_ONCE = 200;
/** Smaller differences are noise at the sizes that a store holds. */
const WORTH_SHOWING = 0.05;

type Difference = Differences["differences"][number];

/** Which attributes (of any span, or of its process) the selected traces have more often than the others. */
export async function findDifferences(
  selected: readonly StoredTrace[],
  others: readonly StoredTrace[],
): Promise<Differences> {
  const counts = createPairCounts();
  await inBreaths(selected, (trace) => counts.add(trace, "selected"));
  await inBreaths(others, (trace) => counts.add(trace, "others"));
  const differences = counts
    .all()
    .map((pair) => ({
      key: pair.key,
      value: pair.value,
      selectedShare: selected.length === 0 ? 0 : pair.selected / selected.length,
      otherShare: others.length === 0 ? 0 : pair.others / others.length,
    }))
    .filter((pair) => excess(pair) >= WORTH_SHOWING)
    .toSorted((a, b) => excess(b) - excess(a) || (a.key < b.key ? -1 : 1))
    .slice(0, SHOWN);
  return { selected: selected.length, others: others.length, differences };
}

const excess = ({ selectedShare, otherShare }: Difference): number => selectedShare - otherShare;

async function inBreaths(traces: readonly StoredTrace[], look: (trace: StoredTrace) => void): Promise<void> {
  for (const [at, trace] of traces.entries()) {
    look(trace);
    if (at % TRACES_AT_ONCE === TRACES_AT_ONCE - 1) await nextTurn();
  }
}
