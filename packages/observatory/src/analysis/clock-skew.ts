import { CLOCK_TOLERANCE_MS } from "./clock-tolerance.ts";
import type { TraceNode, TraceTree } from "./trace-tree.ts";

const EARLY_TOLERANCE_NS = CLOCK_TOLERANCE_MS.early * 1e6;
const LATE_TOLERANCE_NS = CLOCK_TOLERANCE_MS.late * 1e6;

/** Start and end of spans as the clock of the root's process would have seen them. */
export type CommonClock = {
  /** What was added to the span's own timestamps, in nanoseconds. */
  readonly shift: (node: TraceNode) => number;
  readonly start: (node: TraceNode) => number;
  readonly end: (node: TraceNode) => number;
  /** Where a clock disagrees with its caller's. Spans below share the shift but not the mark. */
  readonly skewed: ReadonlySet<TraceNode>;
};

/**
 * Where a callee lies outside its caller by more than the tolerance although the caller got its answer, their clocks
 * differ. As in Jaeger's adjuster the callee is moved into the middle of its caller, since both directions of the
 * network are alike. Used for conclusions only: what is shown stays as it was sent, with a mark.
 */
export function commonClock({ nodes }: TraceTree): CommonClock {
  const shifts = new Map<TraceNode, number>();
  const skewed = new Set<TraceNode>();
  for (const node of nodes) {
    const inherited = node.parent === null ? 0 : (shifts.get(node.parent) ?? 0);
    const own = ownShift(node);
    if (own !== 0) skewed.add(node);
    if (inherited + own !== 0) shifts.set(node, inherited + own);
  }
  const shift = (node: TraceNode): number => shifts.get(node) ?? 0;
  return {
    shift,
    start: (node) => node.startNs + shift(node),
    end: (node) => node.endNs + shift(node),
    skewed,
  };
}

function ownShift(node: TraceNode): number {
  const { parent } = node;
  if (parent === null || !isAwaitedCall(node, parent)) return 0;
  const early = parent.startNs - node.startNs;
  const late = node.endNs - parent.endNs;
  const gaveUp = parent.span.status === "error";
  if (early <= EARLY_TOLERANCE_NS && (late <= LATE_TOLERANCE_NS || gaveUp)) return 0;

  const slack = parent.span.durationNs - node.span.durationNs;
  return slack < 0 ? early : early + Math.floor(slack / 2);
}

/** Only another process has another clock, and only an answered call must lie within its caller. */
const isAwaitedCall = (node: TraceNode, parent: TraceNode): boolean =>
  node.span.resource.service !== parent.span.resource.service &&
  node.span.kind !== "consumer" &&
  parent.span.kind !== "producer";
