import { assignLayers, type Connection } from "./layering.ts";

export type Place = { readonly x: number; readonly y: number; readonly layer: number };
export type Layout = {
  /** Centres of the nodes. */
  readonly places: ReadonlyMap<string, Place>;
  /** Where an edge passes the columns between its ends, by `connectionKey`. */
  readonly bends: ReadonlyMap<string, readonly Place[]>;
  readonly width: number;
  readonly height: number;
};

export const COLUMN_WIDTH = 200;
export const ROW_HEIGHT = 62;
export const NODE_WIDTH = 148;
/** Room for an edge that passes between two nodes. */
const BEND_HEIGHT = 16;
const MARGIN = 24;
const SWEEPS = 8;

export const connectionKey = ({ source, target }: Connection): string => JSON.stringify([source, target]);

/**
 * Columns from the callers to the called, each ordered by the barycentre of its neighbours; an edge that passes a
 * column has a place of its own in it, so that it crosses no node. Depends on the ids and the edges alone and never on
 * their traffic, so that nothing moves while people look; `before` keeps the order of those who were there when others
 * join.
 */
export function layoutGraph(ids: readonly string[], edges: readonly Connection[], before?: Layout): Layout {
  const layers = assignLayers(ids, edges);
  const columns: string[][] = [];
  for (const id of ids) (columns[layers.get(id) ?? 0] ??= []).push(id);
  if (before !== undefined) for (const column of columns) column.sort(byHeightIn(before));
  const { links, bends } = bendLongEdges(edges, layers, columns);
  orderColumns(columns, links);
  return place(columns, bends);
}

const byHeightIn =
  ({ places }: Layout) =>
  (a: string, b: string): number =>
    (places.get(a)?.y ?? Infinity) - (places.get(b)?.y ?? Infinity) || 0;

/** Adds a bend to every column that an edge passes. Returns the edges in pieces, and the bends of each edge. */
function bendLongEdges(
  edges: readonly Connection[],
  layers: ReadonlyMap<string, number>,
  columns: string[][],
): { links: Connection[]; bends: Map<string, string[]> } {
  const links: Connection[] = [];
  const bends = new Map<string, string[]>();
  for (const edge of edges) {
    const key = connectionKey(edge);
    if (bends.has(key)) continue;
    const passed: string[] = [];
    const end = layers.get(edge.target) ?? 0;
    for (let layer = (layers.get(edge.source) ?? 0) + 1; layer < end; layer += 1) {
      const bend = JSON.stringify([edge.source, edge.target, layer]);
      columns[layer]?.push(bend);
      passed.push(bend);
    }
    bends.set(key, passed);
    const stops = [edge.source, ...passed, edge.target];
    for (const [at, target] of stops.slice(1).entries()) links.push({ source: stops[at] ?? target, target });
  }
  return { links, bends };
}

/** To and fro, as the order of one column depends on that of its neighbours on both sides. */
function orderColumns(columns: string[][], edges: readonly Connection[]): void {
  const neighbours = new Map<string, string[]>();
  const join = (one: string, other: string): void => {
    const around = neighbours.get(one);
    if (around === undefined) neighbours.set(one, [other]);
    else around.push(other);
  };
  for (const { source, target } of edges) {
    join(source, target);
    join(target, source);
  }
  const heights = new Map<string, number>();
  const measure = (column: readonly string[]): void =>
    column.forEach((id, at) => heights.set(id, at - (column.length - 1) / 2));
  columns.forEach(measure);

  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const column of sweep % 2 === 0 ? columns : columns.toReversed()) {
      const wished = new Map(column.map((id) => [id, barycentre(id, neighbours, heights)]));
      column.sort((a, b) => (wished.get(a) ?? 0) - (wished.get(b) ?? 0));
      measure(column);
    }
  }
}

function barycentre(
  id: string,
  neighbours: ReadonlyMap<string, readonly string[]>,
  heights: ReadonlyMap<string, number>,
): number {
  const around = neighbours.get(id) ?? [];
  if (around.length === 0) return heights.get(id) ?? 0;
  return around.reduce((sum, other) => sum + (heights.get(other) ?? 0), 0) / around.length;
}

function place(
  columns: readonly (readonly string[])[],
  bends: ReadonlyMap<string, readonly string[]>,
): Layout {
  const bendIds = new Set([...bends.values()].flat());
  const room = (id: string): number => (bendIds.has(id) ? BEND_HEIGHT : ROW_HEIGHT);
  const heights = columns.map((column) => column.reduce((sum, id) => sum + room(id), 0));
  const height = Math.max(ROW_HEIGHT, ...heights) + MARGIN;
  const spots = new Map<string, Place>();
  for (const [layer, column] of columns.entries()) {
    let y = (height - (heights[layer] ?? 0)) / 2;
    for (const id of column) {
      spots.set(id, { x: MARGIN + NODE_WIDTH / 2 + layer * COLUMN_WIDTH, y: y + room(id) / 2, layer });
      y += room(id);
    }
  }
  const spotsOf = (list: readonly string[]): Place[] =>
    list.flatMap((id) => {
      const spot = spots.get(id);
      return spot === undefined ? [] : [spot];
    });
  return {
    places: new Map([...spots].filter(([id]) => !bendIds.has(id))),
    bends: new Map([...bends].map(([key, list]) => [key, spotsOf(list)])),
    height,
    width: MARGIN * 2 + NODE_WIDTH + Math.max(0, columns.length - 1) * COLUMN_WIDTH,
  };
}
