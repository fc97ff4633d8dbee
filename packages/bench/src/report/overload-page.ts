import type { VisitResult } from "@mall/loadgenerator";
import { quantile } from "../measure/statistics.ts";
import type { OverloadResults, OverloadRound } from "../overload/overload-bench.ts";
import { linePlot } from "./line-plot.ts";
import { overloadText } from "./overload-text.ts";
import { page, plots, printed } from "./page.ts";

/** The overload's report with plots, for a browser. */
export const overloadPage = (results: OverloadResults): string =>
  page({
    title: `${results.factor} times the load that the mall can serve`,
    subtitle: `${results.rounds.length} rounds of ${results.seconds} s; ${results.placement}`,
    sections: [plots(results.rounds.flatMap(roundPlots)), printed(overloadText(results))],
  });

function roundPlots({ overload, peak }: OverloadRound, at: number): string[] {
  const bySecond = Map.groupBy(overload.timeline, ({ startedMs }) => Math.floor(startedMs / 1_000));
  const seconds = [...bySecond.keys()].toSorted((a, b) => a - b);
  const count = (outcome: VisitResult["outcome"]): [number, number][] =>
    seconds.map((second) => [
      second,
      bySecond.get(second)?.filter((visit) => visit.outcome === outcome).length ?? 0,
    ]);
  return [
    linePlot({
      title: `Round ${at + 1}: what became of the shoppers who came`,
      x: "s",
      y: "shoppers/s",
      series: [
        { name: "ordered", points: count("served") },
        { name: "told to come back later", points: count("shed") },
        { name: "failed", points: count("failed") },
        { name: "peak", points: seconds.map((second) => [second, peak]) },
      ],
    }),
    linePlot({
      title: `Round ${at + 1}: how long an ordering shopper was in the shop`,
      x: "s",
      y: "ms",
      series: [0.5, 0.95].map((q) => ({
        name: `p${100 * q}`,
        points: seconds.map((second) => [
          second,
          quantile(
            (bySecond.get(second) ?? []).filter(({ outcome }) => outcome === "served").map(({ ms }) => ms),
            q,
          ),
        ]),
      })),
    }),
  ];
}
