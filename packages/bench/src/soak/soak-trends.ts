import type { ProcessCost } from "../measure/process-cost.ts";
import { quantile, type Trend, trendOf } from "../measure/statistics.ts";
import type { Verdict } from "../report/verdict.ts";
import type { SoakResults } from "./soak-bench.ts";

export type Points = [minute: number, value: number][];

export interface Followed {
  name: string;
  unit: string;
  points: Points;
  /** After the first part, in which caches fill and code is compiled; per minute. */
  trend: Trend;
}

const MIB = 2 ** 20;
/** Of the time, left out of trends. */
const SETTLING = 0.25;
/** What changes by less than this share of its mean from the settling's end to the end is flat. */
const FLAT = 0.1;

/** Everything that must stay flat: the whole mall's memory and handles, those of each process, and the journey's p95. */
export function followed(results: SoakResults): Followed[] {
  const { samples, minutes } = results;
  const names = Object.keys(samples[0]?.cost ?? {});
  const ofAll = (value: (cost: ProcessCost) => number): Points =>
    samples.map(({ atMs, cost }) => [
      atMs / 60_000,
      Object.values(cost).reduce((sum, each) => sum + value(each), 0),
    ]);
  const ofOne = (name: string, value: (cost: ProcessCost) => number): Points =>
    samples.flatMap(({ atMs, cost }) => (cost[name] ? [[atMs / 60_000, value(cost[name])]] : []));
  const memory = ({ pssBytes }: ProcessCost): number => pssBytes / MIB;
  const handles = ({ handles: open }: ProcessCost): number => open;
  const lines: Omit<Followed, "trend">[] = [
    { name: "journey p95", unit: "ms", points: journeyTimes(results) },
    { name: "memory, all", unit: "MiB", points: ofAll(memory) },
    { name: "handles, all", unit: "open", points: ofAll(handles) },
    ...names.map((name) => ({ name: `memory, ${name}`, unit: "MiB", points: ofOne(name, memory) })),
    ...names.map((name) => ({ name: `handles, ${name}`, unit: "open", points: ofOne(name, handles) })),
  ];
  return lines.map((line) => ({ ...line, trend: trendOf(settled(line.points, minutes)) }));
}

const settled = (points: Points, minutes: number): Points =>
  points.filter(([minute]) => minute >= SETTLING * minutes && minute <= minutes);

/** The 95th percentile of whole journeys, by windows of a sixtieth of the soak. */
function journeyTimes({ client, minutes }: SoakResults): Points {
  const width = minutes / 60;
  const windows = Map.groupBy(client.timeline, ({ startedMs }) => Math.floor(startedMs / 60_000 / width));
  return [...windows]
    .toSorted(([a], [b]) => a - b)
    .map(([at, visits]) => [
      (at + 0.5) * width,
      quantile(
        visits.filter(({ outcome }) => outcome === "served").map(({ ms }) => ms),
        0.95,
      ),
    ]);
}

/** How much of its mean a line gains from the settling's end to the end; below zero when it falls. */
export const growth = ({ trend }: Followed, minutes: number): number =>
  (trend.slope * minutes * (1 - SETTLING)) / trend.mean;

/** Growth that chance explains (two standard errors) is none. */
export function soakVerdicts(results: SoakResults): Verdict[] {
  const { minutes, client } = results;
  return [
    ...followed(results)
      .slice(0, 3)
      .map((line) => ({
        text: `${line.name} is flat: ${(100 * growth(line, minutes)).toFixed(1)} % from minute ${(SETTLING * minutes).toFixed(0)} to the end (at most ${100 * FLAT} %, or what chance explains)`,
        passed: growth(line, minutes) <= FLAT || line.trend.slope <= 2 * line.trend.error,
      })),
    { text: `${client.failed} of ${client.visits} journeys failed (none)`, passed: client.failed === 0 },
  ];
}
