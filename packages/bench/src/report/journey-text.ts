import color from "picocolors";
import type { JourneyResults, Round } from "../journey/journey-bench.ts";
import type { LoadResult } from "../journey/measure-load.ts";
import { median, spread } from "../measure/statistics.ts";
import { table } from "./table.ts";

const MIB = 2 ** 20;

/** Medians over the rounds, with least and greatest where it matters. */
export function journeyText({ placement, rounds }: JourneyResults): string {
  const tracings = [...new Set(rounds.map(({ tracing }) => tracing))];
  const sections = tracings.map((tracing) => {
    const of = rounds.filter((round) => round.tracing === tracing);
    return [color.bold(`Tracing ${tracing}`), loads(of), byProcess(of), facts(of)].join("\n\n");
  });
  return [`${rounds.length} rounds; ${placement}.`, ...sections, overhead(rounds)].join("\n\n");
}

/** The same load in each of the rounds. Open loops have another rate in each, so they are matched by place. */
function loadsOf(rounds: readonly Round[]): LoadResult[][] {
  const all = rounds.map(({ closed, open }) => [...closed, ...open]);
  return (all[0] ?? []).map((_, at) => all.flatMap((ofRound) => ofRound[at] ?? []));
}

function loads(rounds: readonly Round[]): string {
  const rows = loadsOf(rounds).map((same) => {
    const cpu = same.map(({ cpuPerJourneyMs }) => cpuPerJourneyMs);
    const { least, most } = spread(cpu);
    const placing = (quantile: "p50" | "p95" | "p99"): string =>
      median(
        same.map(({ steps }) => steps.find(({ step }) => step === "place order")?.[quantile] ?? Number.NaN),
      ).toFixed(0);
    return [
      same[0]?.load ?? "",
      median(same.map(({ journeysPerSecond }) => journeysPerSecond)).toFixed(1),
      `${median(cpu).toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`,
      `${placing("p50")} / ${placing("p95")} / ${placing("p99")}`,
      String(same.reduce((sum, { failed }) => sum + failed, 0)),
      (median(same.map(({ memoryBytes }) => memoryBytes)) / MIB).toFixed(0),
    ];
  });
  return table(
    ["load", "journeys/s", "CPU ms/journey", "order p50/p95/p99 ms", "failed", "memory MiB"],
    rows,
  );
}

function byProcess(rounds: readonly Round[]): string {
  const middle = loadsOf(rounds)[1] ?? loadsOf(rounds)[0] ?? [];
  const names = Object.keys(middle[0]?.cpuPerJourneyByProcessMs ?? {});
  const rows = names
    .map((name) => [name, median(middle.map((each) => each.cpuPerJourneyByProcessMs[name] ?? 0))] as const)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, spent]) => [name, spent.toFixed(2)]);
  return table([`process (${middle[0]?.load})`, "CPU ms/journey"], rows);
}

function facts(rounds: readonly Round[]): string {
  const of = (choose: (round: Round) => number): number => median(rounds.map(choose));
  const traced = Number.isNaN(of((round) => round.spansPerJourney))
    ? ""
    : ` ${of((round) => round.spansPerJourney).toFixed(1)} spans a journey, ${(of((round) => round.shareOfCompleteTraces) * 100).toFixed(1)} % of traces complete.`;
  return `First order ${(of((round) => round.firstOrderMs) / 1_000).toFixed(1)} s after the start, ${(of((round) => round.idleMemoryBytes) / MIB).toFixed(0)} MiB idle.${traced}`;
}

/** What tracing adds, at the load whose cost is listed by process. */
function overhead(rounds: readonly Round[]): string {
  const cost = (tracing: string): number =>
    median(
      rounds
        .filter((round) => round.tracing === tracing)
        .map(({ closed }) => (closed[1] ?? closed[0])?.cpuPerJourneyMs ?? Number.NaN),
    );
  const untraced = cost("off");
  const lines = (["1%", "100%"] as const)
    .map((tracing) => [tracing, cost(tracing)] as const)
    .filter(([, traced]) => !Number.isNaN(traced + untraced))
    .map(
      ([tracing, traced]) =>
        `Tracing ${tracing} adds ${(100 * (traced / untraced - 1)).toFixed(1)} % CPU (${untraced.toFixed(2)} → ${traced.toFixed(2)} ms a journey).`,
    );
  return lines.join("\n");
}
