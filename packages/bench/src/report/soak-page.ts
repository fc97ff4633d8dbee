import type { SoakResults } from "../soak/soak-bench.ts";
import { followed, type Followed } from "../soak/soak-trends.ts";
import { linePlot } from "./line-plot.ts";
import { page, plots, printed } from "./page.ts";
import { soakText } from "./soak-text.ts";

/** The soak's report with plots, for a browser. */
export function soakPage(results: SoakResults): string {
  const lines = followed(results);
  const plotted = lines
    .slice(0, 3)
    .map((line) => linePlot({ title: line.name, x: "minutes", y: line.unit, series: [line] }));
  return page({
    title: "Soak: the same load for a long time",
    subtitle: `${results.minutes} minutes at ${results.rate.toFixed(1)} journeys/s; ${results.placement}`,
    sections: [
      plots([...plotted, largest(lines, "memory, "), largest(lines, "handles, ")]),
      printed(soakText(results)),
    ],
  });
}

const MOST_SHOWN = 6;

/** The processes that hold most. */
function largest(lines: readonly Followed[], kind: string): string {
  const series = lines
    .filter(({ name }) => name.startsWith(kind) && name !== `${kind}all`)
    .toSorted((a, b) => b.trend.mean - a.trend.mean)
    .slice(0, MOST_SHOWN)
    .map(({ name, points }) => ({ name: name.slice(kind.length), points }));
  return linePlot({
    title: `${kind}the largest`.replace(",", " of"),
    x: "minutes",
    y: lines.find(({ name }) => name.startsWith(kind))?.unit ?? "",
    series,
  });
}
