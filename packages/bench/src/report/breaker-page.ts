import type { BreakerResults } from "../breaker/breaker-bench.ts";
import { barPlot } from "./bar-plot.ts";
import { breakerRows, breakerText } from "./breaker-text.ts";
import { linePlot } from "./line-plot.ts";
import { page, plots, printed } from "./page.ts";

/** The breaker's report with plots, for a browser. */
export const breakerPage = (results: BreakerResults): string =>
  page({
    title: "A circuit breaker at work",
    subtitle: "Two carts, of which one fails half of its answers, without and with its ejection",
    sections: [
      linePlot({
        title: "Journeys that failed, each second",
        x: "s",
        y: "% of those begun",
        series: results.conditions.map(({ ejection, client }) => ({
          name: ejection ? "with ejection" : "without ejection",
          points: failures(client),
        })),
      }),
      plots(
        results.conditions.map((condition) =>
          barPlot({
            title: condition.ejection ? "Errors with ejection" : "Errors without ejection",
            unit: "% (theory beside it)",
            bars: breakerRows(condition, results.seconds).flatMap(({ what, measured, theory }) => [
              { name: what.replace(/ \(.*/, ""), value: 100 * measured },
              ...(Number.isNaN(theory) ? [] : [{ name: "in theory", value: 100 * theory }]),
            ]),
          }),
        ),
      ),
      printed(breakerText(results)),
    ],
  });

function failures({ timeline }: BreakerResults["conditions"][number]["client"]): [number, number][] {
  const seconds = Map.groupBy(timeline, ({ startedMs }) => Math.floor(startedMs / 1_000));
  return [...seconds]
    .toSorted(([a], [b]) => a - b)
    .map(([second, visits]) => [
      second,
      (100 * visits.filter(({ outcome }) => outcome !== "served").length) / visits.length,
    ]);
}
