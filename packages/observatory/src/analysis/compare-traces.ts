import type { ComparedSpans, Comparison, ComparisonRow } from "../api-types.ts";
import type { Span } from "../otlp/span.ts";
import type { StoredTrace } from "../store/stored-trace.ts";
import { commonClock } from "./clock-skew.ts";
import { reportCriticalPath } from "./critical-path-report.ts";
import { operationOf } from "./operation.ts";
import { summarise } from "./trace-summary.ts";
import { buildTraceTree, type TraceNode } from "./trace-tree.ts";

type Side = "a" | "b";

/** Spans with the same service and operation below the same place of the tree. */
type Place = {
  readonly depth: number;
  readonly service: string;
  readonly operation: string;
  readonly below: Map<string, Place>;
  a: ComparedSpans | null;
  b: ComparedSpans | null;
};

/** Two traces laid over each other: where does the slower one spend more? */
export function compareTraces(a: StoredTrace, b: StoredTrace): Comparison {
  const top = new Map<string, Place>();
  overlay(top, a.spans, "a");
  overlay(top, b.spans, "b");
  return { a: summarise(a), b: summarise(b), rows: rowsOf(top), services: compareServices(a, b) };
}

function overlay(top: Map<string, Place>, spans: readonly Span[], side: Side): void {
  const places = new Map<TraceNode, Place>();
  for (const node of buildTraceTree(spans)?.nodes ?? []) {
    const above = node.parent === null ? undefined : places.get(node.parent);
    const place = placeOf(node, above?.below ?? top);
    place[side] = addSpan(place[side], node);
    places.set(node, place);
  }
}

function placeOf({ span, depth }: TraceNode, siblings: Map<string, Place>): Place {
  const { service } = span.resource;
  const operation = operationOf(span);
  const key = JSON.stringify([service, operation]);
  const place = siblings.get(key) ?? { depth, service, operation, below: new Map(), a: null, b: null };
  siblings.set(key, place);
  return place;
}

function addSpan(sum: ComparedSpans | null, node: TraceNode): ComparedSpans {
  const { count, totalMs, selfMs, errors } = sum ?? { count: 0, totalMs: 0, selfMs: 0, errors: 0 };
  return {
    count: count + 1,
    totalMs: totalMs + node.span.durationNs / 1e6,
    selfMs: selfMs + selfNanos(node) / 1e6,
    errors: errors + Number(node.span.status === "error"),
  };
}

/** Children overlap and run on: what counts is the part of the span that none of them covers. */
function selfNanos(node: TraceNode): number {
  let covered = 0;
  let upTo = node.startNs;
  for (const child of node.children) {
    const from = Math.max(child.startNs, upTo);
    const to = Math.min(child.endNs, node.endNs);
    if (to <= from) continue;
    covered += to - from;
    upTo = to;
  }
  return node.span.durationNs - covered;
}

/** Without recursion, in tree order. */
function rowsOf(top: Map<string, Place>): ComparisonRow[] {
  const rows: ComparisonRow[] = [];
  const waiting = [...top.values()].toReversed();
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const { below, ...row } = place;
    rows.push({ ...row, deltaMs: (row.b?.totalMs ?? 0) - (row.a?.totalMs ?? 0) });
    waiting.push(...[...below.values()].toReversed());
  }
  return rows;
}

function compareServices(a: StoredTrace, b: StoredTrace): Comparison["services"] {
  const [inA, inB] = [pathTimes(a), pathTimes(b)];
  return [...new Set([...inA.keys(), ...inB.keys()])]
    .map((service) => {
      const [aMs, bMs] = [inA.get(service) ?? 0, inB.get(service) ?? 0];
      return { service, aMs, bMs, deltaMs: bMs - aMs };
    })
    .toSorted((one, other) => Math.abs(other.deltaMs) - Math.abs(one.deltaMs));
}

function pathTimes({ spans, dropped }: StoredTrace): Map<string, number> {
  const tree = buildTraceTree(spans);
  if (tree === null) return new Map();
  const { services } = reportCriticalPath(tree, commonClock(tree), { truncated: dropped > 0 });
  return new Map(services.map(({ service, timeNs }) => [service, timeNs / 1e6]));
}
