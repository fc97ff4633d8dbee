import type { CommonClock } from "./clock-skew.ts";
import type { TraceNode, TraceTree } from "./trace-tree.ts";

/**
 * Timers are coarse and spans end a little late: a call that overlaps the next one by less than this share of itself
 * is taken as having been waited for.
 */
const OVERLAP_TOLERANCE = 0.1;

/** A stretch of the path on a span's own bar, in offsets as they were sent. */
export type Segment = { readonly node: TraceNode; readonly startNs: number; readonly endNs: number };

/** A span of which the part from `from` to `cursor` is not yet assigned. */
type Frame = {
  readonly node: TraceNode;
  readonly from: number;
  readonly to: number;
  /** The latest end first: as the cursor only moves back, each child is looked at once. */
  readonly children: readonly TraceNode[];
  next: number;
  cursor: number;
};

/**
 * From the end of the root backwards: the child that ended last is what was waited for, before its start the next
 * one, and what no child covers is the span's own time (as in CRISP, USENIX ATC 2022). In order of time; the lengths
 * add up to the duration of the root exactly. Without recursion, for traces of any depth.
 */
export function criticalSegments({ root }: TraceTree, clock: CommonClock): Segment[] {
  const segments: Segment[] = [];
  const frames = [newFrame(root, clock.start(root), endOfRequest(root, clock), clock)];

  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const child = frame.children[frame.next];
    if (child === undefined) {
      addSegment(segments, frame.node, frame.from, frame.cursor, clock);
      frames.pop();
      continue;
    }
    frame.next += 1;
    const start = Math.max(clock.start(child), frame.from);
    const end = Math.min(clock.end(child), frame.cursor);
    if (end <= start || !wasWaitedFor(child, frame, clock)) continue;

    addSegment(segments, frame.node, end, frame.cursor, clock);
    frame.cursor = start;
    frames.push(newFrame(child, start, end, clock));
  }
  return segments.toReversed();
}

/** Nobody waits for a consumer, or for work that outlives the span of its own process that began it. */
export function isAsync(node: TraceNode): boolean {
  const { parent, span } = node;
  if (parent === null) return false;
  if (span.kind === "consumer" || parent.span.kind === "producer") return true;
  if (isInstant(parent)) return false;
  const sameProcess = span.resource.service === parent.span.resource.service;
  return sameProcess && node.endNs - parent.endNs > OVERLAP_TOLERANCE * span.durationNs;
}

/** A click takes no time: a span that only marks the moment is not what its children are measured by. */
const isInstant = (node: TraceNode): boolean => node.span.durationNs === 0;

function endOfRequest(root: TraceNode, clock: CommonClock): number {
  if (!isInstant(root)) return clock.end(root);
  return root.children.reduce(
    (end, child) => (isAsync(child) ? end : Math.max(end, clock.end(child))),
    clock.end(root),
  );
}

/** What still ran when the path had moved on was running beside it. The first child may run on: its caller gave up. */
function wasWaitedFor(child: TraceNode, { cursor, to }: Frame, clock: CommonClock): boolean {
  if (isAsync(child)) return false;
  return cursor === to || clock.end(child) - cursor <= OVERLAP_TOLERANCE * child.span.durationNs;
}

function newFrame(node: TraceNode, from: number, to: number, clock: CommonClock): Frame {
  const children = node.children.toSorted((a, b) => clock.end(b) - clock.end(a));
  return { node, from, to, cursor: to, children, next: 0 };
}

function addSegment(
  segments: Segment[],
  node: TraceNode,
  from: number,
  to: number,
  clock: CommonClock,
): void {
  if (to <= from) return;
  const shift = clock.shift(node);
  segments.push({ node, startNs: from - shift, endNs: to - shift });
}
