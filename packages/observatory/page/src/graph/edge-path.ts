import { NODE_WIDTH, type Place } from "./layout.ts";

type Point = { readonly x: number; readonly y: number };
type Piece = readonly [Point, Point, Point, Point];
/** Cubic Bézier curves, each beginning where the last one ended. */
export type Curve = readonly Piece[];

/** A sideways shift, so that a queue and a call between the same two do not hide each other. */
const ASYNC_SHIFT = 7;
const HALF = NODE_WIDTH / 2;

/** From the right side of the caller to the left side of the called; what leads back leaves and enters below. */
export function edgeCurve(from: Place, to: Place, bends: readonly Place[], mode: "sync" | "async"): Curve {
  const shift = mode === "async" ? ASYNC_SHIFT : 0;
  if (to.layer <= from.layer) return [backwards(from, to, shift)];
  const stops = [
    { x: from.x + HALF, y: from.y + shift },
    // Straight past the nodes of a column, and turning only between the columns.
    ...bends.flatMap(({ x, y }) => [
      { x: x - HALF, y: y + shift },
      { x: x + HALF, y: y + shift },
    ]),
    { x: to.x - HALF - 3, y: to.y + shift },
  ];
  return stops.slice(1).map((end, at) => forwards(stops[at] ?? end, end));
}

function forwards(start: Point, end: Point): Piece {
  const reach = (end.x - start.x) * 0.5;
  return [start, { x: start.x + reach, y: start.y }, { x: end.x - reach, y: end.y }, end];
}

function backwards(from: Place, to: Place, shift: number): Piece {
  const start = { x: from.x - HALF * 0.3, y: from.y + 22 };
  const end = { x: to.x + HALF * 0.3, y: to.y + 24 };
  const low = Math.max(start.y, end.y) + 34 + shift;
  return [start, { x: start.x, y: low }, { x: end.x, y: low }, end];
}

export function curvePath(curve: Curve): string {
  const [begin] = curve[0] ?? [];
  if (begin === undefined) return "";
  return curve.reduce(
    (path, [, b, c, d]) => `${path}C${b.x} ${b.y} ${c.x} ${c.y} ${d.x} ${d.y}`,
    `M${begin.x} ${begin.y}`,
  );
}

/** The point at share `t` of the way, every piece counting alike. */
export function pointOn(curve: Curve, t: number): Point {
  const at = Math.min(curve.length - 1, Math.floor(t * curve.length));
  const piece = curve[at];
  if (piece === undefined) return { x: 0, y: 0 };
  const [a, b, c, d] = piece;
  const along = t * curve.length - at;
  const left = 1 - along;
  const mix = (p: number, q: number, r: number, s: number): number =>
    left ** 3 * p + 3 * left ** 2 * along * q + 3 * left * along ** 2 * r + along ** 3 * s;
  return { x: mix(a.x, b.x, c.x, d.x), y: mix(a.y, b.y, c.y, d.y) };
}
