import { barPlot, linePlot, page, plots, printed } from "@mall/bench";
import type { BlowReport, ChaosReport } from "./chaos.ts";
import { describeBlow } from "./plan.ts";
import { chaosText } from "./report.ts";

/** The report with plots, for a browser: what people saw over time, and who was missed most. */
export function chaosPage(report: ChaosReport): string {
  const { blows, timeline, seed, findings } = report;
  const verdict = findings.length === 0 ? "the books agree" : `${findings.length} differences in the books`;
  return page({
    title: "Chaos: every process struck while people buy",
    subtitle: `Seed ${seed}, ${blows.length} blows, ${report.placed} orders: ${verdict}`,
    sections: [
      linePlot({
        title: "Answers that failed, each second; blows are shaded",
        x: "s since the first",
        y: "% of answers",
        series: [
          {
            name: "failed",
            points: timeline.map(({ second, answers, failed }) => [second, (100 * failed) / answers]),
          },
        ],
        shaded: blows.map(({ blow, startedAtMs }) => [
          startedAtMs / 1_000,
          (startedAtMs + blow.lastsMs) / 1_000,
        ]),
      }),
      plots([
        barPlot({
          title: "Answers that failed, by who was struck",
          unit: "%",
          bars: failuresByTarget(blows),
        }),
        barPlot({ title: "Until all was well again, each blow", unit: "s", bars: slowestRecoveries(blows) }),
      ]),
      printed(chaosText(report)),
    ],
  });
}

function failuresByTarget(blows: readonly BlowReport[]) {
  return [...Map.groupBy(blows, ({ blow }) => blow.target)]
    .map(([name, of]) => {
      const answers = of.reduce((sum, each) => sum + each.answers, 0);
      const failed = of.reduce((sum, each) => sum + each.failed, 0);
      return { name, value: (100 * failed) / Math.max(1, answers) };
    })
    .toSorted((a, b) => b.value - a.value);
}

const MOST_SHOWN = 13;

/** One that did not recover has no length; the text names it. */
const slowestRecoveries = (blows: readonly BlowReport[]) =>
  blows
    .flatMap(({ blow, recoveredAfterMs }) =>
      recoveredAfterMs === null ? [] : [{ name: describeBlow(blow), value: recoveredAfterMs / 1_000 }],
    )
    .toSorted((a, b) => b.value - a.value)
    .slice(0, MOST_SHOWN);
