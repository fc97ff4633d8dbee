import type { JourneyResults, Round } from "../journey/journey-bench.ts";
import { median, spread } from "../measure/statistics.ts";
import { costByProcess, loadsOf, stepTime } from "./journey-figures.ts";
import { table } from "./table.ts";

/** Two runs side by side: medians over each one's rounds; a difference within both spreads is called none. */
export function comparisonText(before: JourneyResults, after: JourneyResults): string {
  const tracings = [...new Set(before.rounds.map(({ tracing }) => tracing))];
  const sections = tracings.flatMap((tracing) => {
    const [a, b] = [before, after].map(({ rounds }) => rounds.filter((round) => round.tracing === tracing));
    if (!a?.length || !b?.length) return [];
    return [`Tracing ${tracing}`, compareLoads(a, b), compareProcesses(a, b)];
  });
  if (sections.length === 0) throw new Error("The two files have no kind of tracing in common.");
  return sections.join("\n\n");
}

function compareLoads(before: readonly Round[], after: readonly Round[]): string {
  const others = loadsOf(after);
  const rows = loadsOf(before).flatMap((a, at) => {
    const b = others[at];
    // An open loop's rate is a share of the peak, so it differs from run to run by its nature.
    if (!b || (a[0]?.load.includes("shoppers") && a[0].load !== b[0]?.load)) return [];
    const name = a[0]?.load ?? "";
    const cpu = (same: typeof a) => same.map(({ cpuPerJourneyMs }) => cpuPerJourneyMs);
    const rate = (same: typeof a) => same.map(({ journeysPerSecond }) => journeysPerSecond);
    const placing = (same: typeof a) => [stepTime(same, "place order", "p95")];
    return [
      [name, "CPU ms/journey", ...difference(cpu(a), cpu(b), 2)],
      ["", "journeys/s", ...difference(rate(a), rate(b), 1)],
      ["", "order p95 ms", ...difference(placing(a), placing(b), 0)],
    ];
  });
  return table(["load", "", "before", "after", "change"], rows);
}

function compareProcesses(before: readonly Round[], after: readonly Round[]): string {
  const now = new Map(costByProcess(after));
  const rows = costByProcess(before).map(([name, ms]) => [
    name,
    ...difference([ms], [now.get(name) ?? Number.NaN], 2),
  ]);
  return table(["process, CPU ms/journey", "before", "after", "change"], rows);
}

function difference(before: readonly number[], after: readonly number[], digits: number): string[] {
  const [a, b] = [median(before), median(after)];
  const [was, is] = [spread(before), spread(after)];
  const overlap = before.length > 1 && after.length > 1 && was.least <= is.most && is.least <= was.most;
  const change = `${b >= a ? "+" : ""}${(100 * (b / a - 1)).toFixed(1)} %`;
  return [a.toFixed(digits), b.toFixed(digits), overlap ? `${change} (spreads overlap)` : change];
}
