import type { GraphEdge } from "../../../src/api-types.ts";
import { formatMs, formatRate, formatShare } from "../format/quantities.ts";
import { ROW_HEIGHT, type Place } from "./layout.ts";

export type EdgeLabel = {
  readonly id: string;
  readonly text: string;
  readonly x: number;
  readonly y: number;
};

const LABEL_HEIGHT = 18;
/** Of the longest text that is usual. */
const LABEL_WIDTH = 140;

export const edgeText = ({ stats }: GraphEdge): string =>
  stats.count === 0
    ? "idle"
    : `${formatRate(stats.rate)} · ${formatShare(stats.errorShare)} · ${formatMs(stats.p95Ms)}`;

type Ends = { readonly edge: GraphEdge; readonly from: Place; readonly to: Place };

/**
 * In the gap above the node at the edge's other end than `at`, as there is one such node for each edge of `at`. Where
 * several edges lead to one node, the further figures take the next spot around it that is free.
 */
export function placeLabels(edges: readonly Ends[], at: string | null): EdgeLabel[] {
  const anchored = Map.groupBy(edges, ({ edge, from, to }) => (edge.target === at ? from : to));
  const labels: EdgeLabel[] = [];
  const mostAtOne = Math.max(0, ...[...anchored.values()].map((group) => group.length));
  // Everybody's first figure, then everybody's second: the spot above belongs to the node below it.
  for (let turn = 0; turn < mostAtOne; turn += 1) {
    for (const [anchor, group] of anchored) {
      const next = group[turn];
      if (next === undefined) continue;
      const spots = spotsAround(anchor);
      const free = spots.find((spot) => labels.every((label) => isApart(label, spot))) ?? anchor;
      labels.push({ id: next.edge.id, text: edgeText(next.edge), x: free.x, y: free.y });
    }
  }
  return labels;
}

type Spot = { readonly x: number; readonly y: number };

const spotsAround = ({ x, y }: Place): Spot[] => [
  { x, y: y - ROW_HEIGHT / 2 },
  { x, y: y + ROW_HEIGHT / 2 },
  { x: x + LABEL_WIDTH, y: y - ROW_HEIGHT / 2 },
  { x: x + LABEL_WIDTH, y: y + ROW_HEIGHT / 2 },
  { x: x - LABEL_WIDTH, y: y - ROW_HEIGHT / 2 },
  { x: x - LABEL_WIDTH, y: y + ROW_HEIGHT / 2 },
];

const isApart = (one: Spot, other: Spot): boolean =>
  Math.abs(one.x - other.x) >= LABEL_WIDTH || Math.abs(one.y - other.y) >= LABEL_HEIGHT;
