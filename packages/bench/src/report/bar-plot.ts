import { escapeHtml } from "./html.ts";
import { scaleFor, short } from "./scale.ts";

export interface BarPlot {
  title: string;
  unit: string;
  bars: readonly { name: string; value: number; from?: number; to?: number }[];
}

const WIDTH = 560;
const ROW = 22;
const NAMES = 190;

/** Horizontal bars, with a thin line from the least to the greatest where those are known, as a figure of SVG. */
export function barPlot({ title, unit, bars }: BarPlot): string {
  const place = scaleFor(
    bars.flatMap(({ value, to = value }) => [value, to]),
    [NAMES, WIDTH - 50],
  );
  const rows = bars.map(({ name, value, from = value, to = value }, at) => {
    const top = at * ROW;
    const width = Math.max(1, place(value) - place(0)).toFixed(1);
    return `<text class="name" x="${NAMES - 8}" y="${top + 15}" text-anchor="end">${escapeHtml(name)}</text>
<rect class="bar" x="${place(0)}" y="${top + 4}" width="${width}" height="14" rx="2"/>
<path class="whisker" d="M${place(from).toFixed(1)} ${top + 11}H${place(to).toFixed(1)}"/>
<text class="tick" x="${(place(Math.max(value, to)) + 5).toFixed(1)}" y="${top + 15}">${short(value)}</text>`;
  });
  return `<figure><figcaption>${escapeHtml(title)}, ${escapeHtml(unit)}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${Math.max(1, bars.length) * ROW}" role="img" aria-label="${escapeHtml(title)}">${rows.join("\n")}</svg></figure>`;
}
