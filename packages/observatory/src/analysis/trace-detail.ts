import type { AttributePair, LogLine, SpanMark, SpanView, TraceDetail, TraceLink } from "../api-types.ts";
import { attributeText, type Attributes } from "../otlp/attributes.ts";
import type { LogRecord } from "../otlp/decode-logs.ts";
import { nanosBetween, toUnixNano } from "../otlp/instant.ts";
import type { StoredTrace } from "../store/stored-trace.ts";
import type { TraceStore } from "../store/trace-store.ts";
import { commonClock, type CommonClock } from "./clock-skew.ts";
import { isAsync } from "./critical-path.ts";
import { reportCriticalPath } from "./critical-path-report.ts";
import { outcomeOf } from "./outcome.ts";
import { findRootCause } from "./root-cause.ts";
import { summarise } from "./trace-summary.ts";
import { buildTraceTree, type TraceNode, type TraceTree } from "./trace-tree.ts";

/** Everything that the waterfall shows. Null for a trace of which no span was kept. */
export function describeTrace(
  trace: StoredTrace,
  store: TraceStore,
  logs: readonly LogRecord[],
): TraceDetail | null {
  const tree = buildTraceTree(trace.spans);
  if (tree === null) return null;
  const clock = commonClock(tree);
  const links = new Map(tree.nodes.map((node) => [node.span.spanId, outboundLinks(node, store)]));
  for (const { targetSpanId, traceId, spanId } of store.linksTo(trace.traceId)) {
    links.get(targetSpanId)?.push({ direction: "in", traceId, spanId, available: true });
  }
  return {
    summary: summarise(trace),
    startUnixNano: toUnixNano(tree.origin),
    spans: tree.nodes.map((node) => spanView(node, tree, clock, links.get(node.span.spanId) ?? [])),
    criticalPath: reportCriticalPath(tree, clock, { truncated: trace.dropped > 0 }),
    rootCause: findRootCause(tree),
    links: [...links].flatMap(([ownSpanId, own]) => own.map((link) => ({ ...link, ownSpanId }))),
    logs: logs.map(logLine).toSorted((a, b) => a.timeMs - b.timeMs),
  };
}

const logLine = ({ time, attributes, ...record }: LogRecord): LogLine => ({
  ...record,
  timeMs: time.ms + time.nanos / 1e6,
  attributes: attributePairs(attributes),
});

const outboundLinks = ({ span }: TraceNode, store: TraceStore): TraceLink[] =>
  span.links.map(({ traceId, spanId }) => ({
    direction: "out",
    traceId,
    spanId,
    available: store.find(traceId) !== undefined,
  }));

function spanView(node: TraceNode, { origin }: TraceTree, clock: CommonClock, links: TraceLink[]): SpanView {
  const { span } = node;
  return {
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    depth: node.depth,
    service: span.resource.service,
    name: span.name,
    kind: span.kind,
    status: span.status,
    statusMessage: span.statusMessage,
    outcome: outcomeOf(span),
    offsetNs: node.startNs,
    durationNs: span.durationNs,
    startUnixNano: toUnixNano(span.start),
    attributes: attributePairs(span.attributes),
    resource: attributePairs(span.resource.attributes),
    scope: [span.scope.name, span.scope.version].filter((part) => part !== "").join(" "),
    events: span.events.map((event) => ({
      name: event.name,
      offsetNs: nanosBetween(origin, event.time),
      attributes: attributePairs(event.attributes),
    })),
    links,
    droppedAttributes: span.droppedAttributes,
    droppedEvents: span.droppedEvents,
    droppedLinks: span.droppedLinks,
    marks: marksOf(node, clock),
  };
}

function marksOf(node: TraceNode, clock: CommonClock): SpanMark[] {
  const marks: [SpanMark, boolean][] = [
    ["clock-skew", clock.skewed.has(node)],
    ["missing-parent", node.detached === "missing-parent"],
    ["cycle", node.detached === "cycle"],
    ["async", isAsync(node)],
  ];
  return marks.flatMap(([mark, holds]) => (holds ? [mark] : []));
}

export const attributePairs = ({ keys, values }: Attributes): AttributePair[] =>
  keys.map((key, at) => [key, attributeText(values[at] ?? null)]);
