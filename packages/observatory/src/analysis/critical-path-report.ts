import type { CriticalPath, PathAssumption } from "../api-types.ts";
import type { CommonClock } from "./clock-skew.ts";
import { criticalSegments, isAsync, type Segment } from "./critical-path.ts";
import type { TraceTree } from "./trace-tree.ts";

/** The critical path with the time each service takes of it, and what had to be assumed to find it. */
export function reportCriticalPath(
  tree: TraceTree,
  clock: CommonClock,
  { truncated }: { truncated: boolean },
): CriticalPath {
  const segments = criticalSegments(tree, clock);
  const durationNs = segments.reduce((sum, { startNs, endNs }) => sum + endNs - startNs, 0);
  return {
    durationNs,
    segments: segments.map(({ node, startNs, endNs }) => ({ spanId: node.span.spanId, startNs, endNs })),
    services: timePerService(segments, durationNs),
    assumptions: assumptionsOf(tree, clock, truncated),
  };
}

function timePerService(segments: readonly Segment[], durationNs: number): CriticalPath["services"] {
  const times = new Map<string, number>();
  for (const { node, startNs, endNs } of segments) {
    const { service } = node.span.resource;
    times.set(service, (times.get(service) ?? 0) + endNs - startNs);
  }
  return [...times]
    .map(([service, timeNs]) => ({ service, timeNs, share: timeNs / durationNs }))
    .toSorted((a, b) => b.timeNs - a.timeNs);
}

function assumptionsOf(tree: TraceTree, clock: CommonClock, truncated: boolean): PathAssumption[] {
  const assumptions: [PathAssumption, boolean][] = [
    ["clock-skew", clock.skewed.size > 0],
    ["no-root", !tree.hasRoot],
    ["missing-spans", tree.nodes.some(({ detached }) => detached === "missing-parent")],
    ["cycle", tree.nodes.some(({ detached }) => detached === "cycle")],
    ["truncated", truncated],
    ["async-left-out", tree.nodes.some(isAsync)],
  ];
  return assumptions.flatMap(([assumption, holds]) => (holds ? [assumption] : []));
}
