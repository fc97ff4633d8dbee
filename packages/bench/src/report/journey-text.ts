import color from "picocolors";
import type { JourneyResults, Round } from "../journey/journey-bench.ts";
import { median, spread } from "../measure/statistics.ts";
import { costByProcess, loadsOf, stepTime, typicalLoad } from "./journey-figures.ts";
import { table } from "./table.ts";

const MIB = 2 ** 20;

/** Medians over the rounds, with least and greatest where it matters. */
export function journeyText({ placement, rounds }: JourneyResults): string {
  const tracings = [...new Set(rounds.map(({ tracing }) => tracing))];
  const sections = tracings.map((tracing) => {
    const of = rounds.filter((round) => round.tracing === tracing);
    return [color.bold(`Tracing ${tracing}`), loads(of), steps(of), byProcess(of), facts(of)].join("\n\n");
  });
  return [`${rounds.length} rounds; ${placement}.`, ...sections, overhead(rounds)].join("\n\n");
}

function loads(rounds: readonly Round[]): string {
  const rows = loadsOf(rounds).map((same) => {
    const cpu = same.map(({ cpuPerJourneyMs }) => cpuPerJourneyMs);
    const { least, most } = spread(cpu);
    return [
      same[0]?.load ?? "",
      median(same.map(({ journeysPerSecond }) => journeysPerSecond)).toFixed(1),
      `${median(cpu).toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`,
      times(["p50", "p95", "p99"].map((q) => stepTime(same, "place order", q as "p50"))),
      String(same.reduce((sum, { failed }) => sum + failed, 0)),
      String(same.reduce((sum, { shed }) => sum + shed, 0)),
      (median(same.map(({ memoryBytes }) => memoryBytes)) / MIB).toFixed(0),
    ];
  });
  return table(
    ["load", "journeys/s", "CPU ms/journey", "order p50/p95/p99 ms", "failed", "told later", "memory MiB"],
    rows,
  );
}

/** Each step of the journey under each load. */
function steps(rounds: readonly Round[]): string {
  const all = loadsOf(rounds);
  const names = all[0]?.[0]?.steps.map(({ step }) => step) ?? [];
  const rows = names.map((step) => [
    step,
    ...all.map((same) => times((["p50", "p95", "p99"] as const).map((q) => stepTime(same, step, q)))),
  ]);
  return table(["p50/p95/p99 ms", ...all.map((same) => same[0]?.load ?? "")], rows);
}

const times = (ms: readonly number[]): string => ms.map((each) => each.toFixed(0)).join(" / ");

function byProcess(rounds: readonly Round[]): string {
  const load = rounds[0] && typicalLoad(rounds[0])?.load;
  const rows = costByProcess(rounds).map(([name, spent]) => [name, spent.toFixed(2)]);
  return table([`process (${load})`, "CPU ms/journey"], rows);
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
        .map((round) => typicalLoad(round)?.cpuPerJourneyMs ?? Number.NaN),
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
