import { escapeHtml } from "./html.ts";
import { scaleFor, short } from "./scale.ts";

export interface LinePlot {
  title: string;
  /** What the axes count, with the unit. */
  x: string;
  y: string;
  series: readonly { name: string; points: readonly (readonly [x: number, y: number])[] }[];
  /** Spans of x to be shaded, such as the time of a blow. */
  shaded?: readonly (readonly [from: number, to: number])[];
}

const WIDTH = 560;
const HEIGHT = 240;
const FRAME = { left: 48, right: WIDTH - 8, top: 26, bottom: HEIGHT - 34 };

/** Lines over a common x, as a figure of SVG. */
export function linePlot({ title, x, y, series, shaded = [] }: LinePlot): string {
  const points = series.flatMap((each) => each.points);
  const toX = scaleFor([...points.map(([at]) => at), ...shaded.flat()], [FRAME.left, FRAME.right]);
  const toY = scaleFor(
    points.map(([, value]) => value),
    [FRAME.bottom, FRAME.top],
  );
  const bands = shaded.map(
    ([from, to]) =>
      `<rect class="shaded" x="${toX(from).toFixed(1)}" y="${FRAME.top}" width="${Math.max(1, toX(to) - toX(from)).toFixed(1)}" height="${FRAME.bottom - FRAME.top}"/>`,
  );
  const grid = [
    ...toY.ticks.map(
      (tick) =>
        `<path class="grid" d="M${FRAME.left} ${toY(tick)}H${FRAME.right}"/><text class="tick" x="${FRAME.left - 6}" y="${toY(tick) + 4}" text-anchor="end">${short(tick)}</text>`,
    ),
    ...toX.ticks.map(
      (tick) =>
        `<text class="tick" x="${toX(tick)}" y="${FRAME.bottom + 15}" text-anchor="middle">${short(tick)}</text>`,
    ),
  ];
  const lines = series.map(({ points: own }, at) => {
    const places = own
      .filter(([, value]) => Number.isFinite(value))
      .map(([atX, value]) => `${toX(atX).toFixed(1)} ${toY(value).toFixed(1)}`);
    return `<path class="line series-${at % 6}" d="M${places.join("L") || "0 0"}"/>`;
  });
  return `<figure><figcaption>${escapeHtml(title)}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(title)}">${bands.join("")}${grid.join("")}${lines.join("")}
<text class="tick" x="${FRAME.left}" y="14">${escapeHtml(y)}</text><text class="tick" x="${FRAME.right}" y="${HEIGHT - 4}" text-anchor="end">${escapeHtml(x)}</text></svg>
${series.length > 1 ? legend(series.map(({ name }) => name)) : ""}</figure>`;
}

const legend = (names: readonly string[]): string =>
  `<p class="legend">${names.map((name, at) => `<span class="key series-${at % 6}">${escapeHtml(name)}</span>`).join(" ")}</p>`;
