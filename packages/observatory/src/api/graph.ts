import type { Health, RequestStats } from "./requests.ts";

export type NodeKind = "service" | "database" | "messaging" | "external" | "user";

export type GraphNode = {
  /** `kind:name`, stable between snapshots and restarts. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  /** What a database or queue is: `postgresql`. */
  readonly system: string | null;
  readonly health: Health;
  /** Its metrics cannot be had, from none of its instances. What leads here counts as failing then. */
  readonly down: boolean;
  /** Of the requests that arrive here. */
  readonly stats: RequestStats;
};

export type GraphEdge = {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly mode: "sync" | "async";
  readonly health: Health;
  readonly stats: RequestStats;
  /** The window of `stats` ends this much earlier: calls that nobody answers are known only after waiting. */
  readonly delayMs: number;
};

/** GET /api/graph. Sorted by id, so that a layout need not move. Idle edges stay for ten minutes. */
export type Graph = { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] };
