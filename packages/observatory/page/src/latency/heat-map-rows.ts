import type { HeatCell } from "../../../src/api-types.ts";

const MOST_ROWS = 40;

/**
 * The durations from the shortest to the longest, those between that had no request included: a gap between two
 * modes must be seen as one. Bounds are the API's, and grow by the same factor from row to row.
 */
export function arrangeRows(cells: readonly HeatCell[]): { readonly minMs: number }[] {
  const bounds = [...new Set(cells.map(({ minMs }) => minMs))].toSorted((a, b) => a - b);
  const [first] = cells;
  const factor = first === undefined ? 2 : first.maxMs / first.minMs;
  const rows: { minMs: number }[] = [];
  for (const minMs of bounds) {
    // Half a step of tolerance, as the bounds are rounded powers.
    for (let gap = rows.at(-1)?.minMs ?? minMs; gap * factor ** 1.5 < minMs && rows.length < MOST_ROWS;) {
      gap *= factor;
      rows.push({ minMs: gap });
    }
    rows.push({ minMs });
  }
  return rows;
}

/** The nearest cell in the direction of an arrow key, or null when there is none. */
export function neighbour(cells: readonly HeatCell[], from: HeatCell, key: string): HeatCell | null {
  const distance = (cell: HeatCell): number => {
    const across = cell.column - from.column;
    const up = Math.log2(cell.minMs / from.minMs) * 2;
    if (key === "ArrowRight") return across > 0 ? across + Math.abs(up) * 3 : Infinity;
    if (key === "ArrowLeft") return across < 0 ? -across + Math.abs(up) * 3 : Infinity;
    if (key === "ArrowUp") return up > 0.5 ? up + Math.abs(across) * 3 : Infinity;
    if (key === "ArrowDown") return up < -0.5 ? -up + Math.abs(across) * 3 : Infinity;
    return Infinity;
  };
  let nearest: HeatCell | null = null;
  for (const cell of cells) {
    const away = distance(cell);
    if (away < (nearest === null ? Infinity : distance(nearest))) nearest = cell;
  }
  return nearest;
}
