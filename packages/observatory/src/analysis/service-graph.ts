import type { Graph, GraphEdge, GraphNode, PairingHealth } from "../api-types.ts";
import type { Span } from "../otlp/span.ts";
import { createBoundedRegistry } from "./bounded-registry.ts";
import { CALL_TTL_MS, createCallPairing, type Call, type Callee } from "./call-pairing.ts";
import { eventTime } from "./event-time.ts";
import { healthOf } from "./health.ts";
import { outcomeOf } from "./outcome.ts";
import {
  createRollingSeries,
  SLOT_MS,
  SPARKLINE_POINTS,
  type RollingSeries,
  type Watch,
} from "./rolling-series.ts";

const MAX_NODES = 200;
const MAX_EDGES = 400;
const FORGET_AFTER_MS = SPARKLINE_POINTS * 2 * SLOT_MS;
const STAYS_DELAYED_MS = 60_000;

/** Traffic of a node or an edge. */
type Traffic = {
  readonly series: RollingSeries;
  lastSeenMs: number;
  /** When a call was last counted that had become known only after waiting; 0 for never. */
  lastDelayedMs: number;
};
type Node = Traffic & NodeIdentity;
type Edge = Traffic & { readonly source: string; readonly target: string; readonly mode: Call["mode"] };
type NodeIdentity = Pick<GraphNode, "id" | "kind" | "name" | "system">;

export type ServiceGraph = ReturnType<typeof createServiceGraph>;

/**
 * Who calls whom, how often and how well, counted from every accepted span.
 * @param isDown what the metrics say of a service: from one that is not there no span will tell so
 */
export function createServiceGraph({
  now,
  startedAt,
  slotMs,
  isDown = () => false,
}: Watch & { readonly isDown?: (service: string) => boolean }) {
  const nodes = new Map<string, Node>();
  const edges = new Map<string, Edge>();
  const pairing = createCallPairing({ now, onCall: addCall });
  const knownServices = createBoundedRegistry({ limit: MAX_NODES, make: () => true });

  function addCall(call: Call): void {
    const source = serviceNode(call.caller);
    const target = identityOf(call.callee);
    count(source, target, call);
  }

  /** `peer.service` may name a service that also reports itself: one node, not two. */
  function identityOf(callee: Callee): NodeIdentity {
    if (callee.kind === "service") return serviceNode(callee.name);
    if (callee.kind === "peer" || callee.kind === "address") {
      if (knownServices.has(callee.name)) return serviceNode(callee.name);
      return { id: `external:${callee.name}`, kind: "external", name: callee.name, system: null };
    }
    const { kind, name, system } = callee;
    return { id: `${kind}:${name}`, kind, name, system };
  }

  function count(source: NodeIdentity, target: NodeIdentity, call: Omit<Call, "caller" | "callee">): void {
    const from = touchNode(source);
    const to = touchNode(target);
    if (from === undefined || to === undefined) return;
    const edge = touchEdge(source.id, target.id, call.mode);
    for (const traffic of edge === undefined ? [to] : [edge, to]) {
      traffic.series.record(call.at, call.outcome, call.durationNs);
      if (call.delayed) traffic.lastDelayedMs = now();
    }
  }

  function touchEdge(source: string, target: string, mode: Call["mode"]): Edge | undefined {
    const id = `${source} ${mode === "sync" ? "->" : "~>"} ${target}`;
    const known = edges.get(id);
    if (known === undefined && edges.size >= MAX_EDGES) return undefined;
    const edge = known ?? { source, target, mode, ...noTraffic() };
    edges.set(id, edge);
    edge.lastSeenMs = now();
    return edge;
  }

  function touchNode(identity: NodeIdentity): Node | undefined {
    const known = nodes.get(identity.id);
    if (known === undefined && nodes.size >= MAX_NODES) return undefined;
    const node = known ?? { ...identity, ...noTraffic() };
    nodes.set(identity.id, node);
    node.lastSeenMs = now();
    return node;
  }

  const noTraffic = (): Traffic => ({
    series: createRollingSeries({ slotMs }),
    lastSeenMs: now(),
    lastDelayedMs: 0,
  });

  function forgetIdle(): void {
    for (const idle of [nodes, edges]) {
      for (const [id, { lastSeenMs }] of idle) if (now() - lastSeenMs > FORGET_AFTER_MS) idle.delete(id);
    }
  }

  /** Half a count would be a wrong rate: while calls come in late, the window ends before the late ones. */
  const delayOf = ({ lastDelayedMs }: Traffic): number =>
    lastDelayedMs > 0 && now() - lastDelayedMs < STAYS_DELAYED_MS ? CALL_TTL_MS : 0;

  function nodeView(node: Node): GraphNode {
    const stats = node.series.stats({ now: now(), startedAt, delayMs: delayOf(node) });
    const { id, kind, name, system } = node;
    const down = kind === "service" && isDown(name);
    return { id, kind, name, system, down, stats, health: down ? "failing" : healthOf(stats) };
  }

  function edgeView([id, edge]: [string, Edge]): GraphEdge {
    const { source, target, mode, series } = edge;
    const delayMs = delayOf(edge);
    const stats = series.stats({ now: now(), startedAt, delayMs });
    const callee = nodes.get(target);
    const down = callee?.kind === "service" && isDown(callee.name);
    return { id, source, target, mode, health: down ? "failing" : healthOf(stats), stats, delayMs };
  }

  return {
    observe(span: Span): void {
      knownServices.get(span.resource.service);
      touchNode(serviceNode(span.resource.service));
      if (span.kind === "server" && span.parentSpanId === "") {
        const call = { mode: "sync", outcome: outcomeOf(span), durationNs: span.durationNs } as const;
        count(userNode, serviceNode(span.resource.service), {
          ...call,
          at: eventTime(span, now()),
          delayed: false,
        });
      }
      pairing.observe(span);
    },

    /** To be called about once a second. */
    tick(): void {
      pairing.expire();
      forgetIdle();
    },

    graph: (): Graph => ({
      nodes: [...nodes.values()].map(nodeView).toSorted(byId),
      edges: [...edges].map(edgeView).toSorted(byId),
    }),

    pairingHealth: (): PairingHealth => pairing.health(),
  };
}

/** Whoever calls without sending a trace along: a browser or load generator that is not traced. */
const userNode: NodeIdentity = { id: "user:user", kind: "user", name: "user", system: null };

const serviceNode = (name: string): NodeIdentity => ({
  id: `service:${name}`,
  kind: "service",
  name,
  system: null,
});

const byId = (one: { id: string }, other: { id: string }): number => (one.id < other.id ? -1 : 1);
