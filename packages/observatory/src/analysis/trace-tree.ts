import { nanosBetween, type Instant } from "../otlp/instant.ts";
import type { Span } from "../otlp/span.ts";

/** A span in its place. Offsets are nanoseconds since the earliest span of the trace, as the clocks said. */
export type TraceNode = {
  readonly span: Span;
  readonly startNs: number;
  readonly endNs: number;
  /** Null for the root, for a fragment whose parent is missing, and where a cycle was cut. */
  parent: TraceNode | null;
  children: TraceNode[];
  depth: number;
  /** Why a node without a parent names one all the same. */
  detached: "no" | "missing-parent" | "cycle";
};

export type TraceTree = {
  readonly origin: Instant;
  /** Parents before children, siblings by start: the order of a waterfall. */
  readonly nodes: readonly TraceNode[];
  /** The root of the request: the earliest parentless span, else the longest fragment. */
  readonly root: TraceNode;
  readonly hasRoot: boolean;
};

/**
 * Spans as a tree, whatever they claim: missing parents make fragments, cycles are cut at their earliest span. Nothing
 * here recurses, so that a chain of ten thousand spans does not exhaust the stack. Null when there is no span.
 */
export function buildTraceTree(spans: readonly Span[]): TraceTree | null {
  const [first] = spans;
  if (first === undefined) return null;
  const origin = spans.reduce((earliest, { start }) => {
    return nanosBetween(start, earliest) > 0 ? start : earliest;
  }, first.start);

  const all = spans.map((span) => newNode(span, origin)).toSorted((a, b) => a.startNs - b.startNs);
  linkParents(all);
  const fragments = all.filter((node) => node.parent === null);
  const nodes = inWaterfallOrder(fragments, all);
  const root = chooseRoot(fragments) ?? nodes[0];
  if (root === undefined) return null;
  return { origin, nodes, root, hasRoot: root.span.parentSpanId === "" };
}

function newNode(span: Span, origin: Instant): TraceNode {
  const startNs = nanosBetween(origin, span.start);
  const endNs = startNs + span.durationNs;
  return { span, startNs, endNs, parent: null, children: [], depth: 0, detached: "no" };
}

/** In order of start, so that children end up sorted. */
function linkParents(all: readonly TraceNode[]): void {
  const byId = new Map(all.map((node) => [node.span.spanId, node]));
  for (const node of all) {
    if (node.span.parentSpanId === "") continue;
    const parent = byId.get(node.span.parentSpanId);
    if (parent === undefined) node.detached = "missing-parent";
    else {
      node.parent = parent;
      parent.children.push(node);
    }
  }
}

/** Every node exactly once. What no fragment reaches hangs in a cycle, and `all` is sorted by start. */
function inWaterfallOrder(fragments: readonly TraceNode[], all: readonly TraceNode[]): TraceNode[] {
  const visited = new Set<TraceNode>();
  for (const fragment of fragments) visit(fragment, visited);
  for (const node of all) {
    if (visited.has(node)) continue;
    node.parent = null;
    node.detached = "cycle";
    visit(node, visited);
  }
  return [...visited];
}

function visit(top: TraceNode, visited: Set<TraceNode>): void {
  const waiting = [top];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    visited.add(node);
    node.depth = node.parent === null ? 0 : node.parent.depth + 1;
    const parent: TraceNode = node;
    node.children = node.children.filter((child) => child.parent === parent);
    waiting.push(...node.children.toReversed());
  }
}

function chooseRoot(fragments: readonly TraceNode[]): TraceNode | undefined {
  const root = fragments.find((node) => node.span.parentSpanId === "");
  if (root !== undefined) return root;
  const [first, ...others] = fragments;
  if (first === undefined) return undefined;
  return others.reduce(
    (longest, node) => (node.span.durationNs > longest.span.durationNs ? node : longest),
    first,
  );
}
