import type { JourneyResults, Round } from "../journey/journey-bench.ts";
import type { Tracing } from "../journey/tracing.ts";
import { median, spread } from "../measure/statistics.ts";
import { barPlot } from "./bar-plot.ts";
import { costByProcess, loadsOf, stepTime } from "./journey-figures.ts";
import { journeyText } from "./journey-text.ts";
import { linePlot } from "./line-plot.ts";
import { page, plots, printed } from "./page.ts";

/** The journey's report with plots, for a browser. */
export function journeyPage(results: JourneyResults): string {
  const byTracing = [...Map.groupBy(results.rounds, ({ tracing }) => tracing)];
  const fullest = byTracing.at(-1)?.[1] ?? [];
  return page({
    title: "What a journey costs",
    subtitle: `Home, product, add to cart, cart, checkout: ${results.rounds.length} rounds; ${results.placement}`,
    sections: [
      plots([
        barPlot({ title: "CPU of a journey, closed loops", unit: "ms", bars: costs(byTracing) }),
        barPlot({
          title: `By process, tracing ${byTracing.at(-1)?.[0]}`,
          unit: "ms",
          bars: costByProcess(fullest).map(([name, value]) => ({ name, value })),
        }),
        linePlot({
          title: "Journeys completed, by shoppers at once",
          x: "shoppers",
          y: "journeys/s",
          series: byTracing.map(([tracing, rounds]) => ({
            name: `tracing ${tracing}`,
            points: closedLoops(rounds).map((same): [number, number] => [
              shoppersOf(same[0]?.load),
              median(same.map(({ journeysPerSecond }) => journeysPerSecond)),
            ]),
          })),
        }),
        linePlot({
          title: `Placing an order, tracing ${byTracing.at(-1)?.[0]}`,
          x: "shoppers",
          y: "ms",
          series: (["p50", "p95", "p99"] as const).map((quantile) => ({
            name: quantile,
            points: closedLoops(fullest).map((same): [number, number] => [
              shoppersOf(same[0]?.load),
              stepTime(same, "place order", quantile),
            ]),
          })),
        }),
      ]),
      printed(journeyText(results)),
    ],
  });
}

const closedLoops = (rounds: readonly Round[]) => loadsOf(rounds).slice(0, rounds[0]?.closed.length ?? 0);
const shoppersOf = (load = ""): number => Number.parseInt(load, 10);

/** Each closed loop under each kind of tracing, with its spread over the rounds. */
const costs = (byTracing: readonly (readonly [Tracing, readonly Round[]])[]) =>
  byTracing.flatMap(([tracing, rounds]) =>
    closedLoops(rounds).map((same) => {
      const cpu = same.map(({ cpuPerJourneyMs }) => cpuPerJourneyMs);
      const { least, most } = spread(cpu);
      return { name: `tracing ${tracing}, ${same[0]?.load}`, value: median(cpu), from: least, to: most };
    }),
  );
