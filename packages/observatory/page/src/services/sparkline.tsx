import type { JSX } from "preact";

const WIDTH = 120;
const HEIGHT = 26;

type SparklineProps = {
  /** Oldest first; null is a gap. */
  readonly points: readonly (number | null)[];
  readonly label: string;
  readonly kind: "rate" | "errors" | "duration";
};

/** Sixty points of ten seconds, from zero to the highest of them. */
export function Sparkline({ points, label, kind }: SparklineProps): JSX.Element {
  const highest = points.reduce<number>((max, point) => Math.max(max, point ?? 0), 0);
  return (
    <svg
      class={`sparkline sparkline-${highest === 0 ? "flat" : kind}`}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      <path d={linePath(points, highest)} />
    </svg>
  );
}

function linePath(points: readonly (number | null)[], highest: number): string {
  let drawing = false;
  let path = "";
  for (const [at, point] of points.entries()) {
    if (point === null) {
      drawing = false;
      continue;
    }
    const x = (at / Math.max(1, points.length - 1)) * WIDTH;
    const y = HEIGHT - 1 - (highest === 0 ? 0 : (point / highest) * (HEIGHT - 3));
    path += `${drawing ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
    // A single point between two gaps would have no length.
    if (!drawing) path += "h0.5";
    drawing = true;
  }
  return path;
}
