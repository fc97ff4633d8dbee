import type { Mall } from "@mall/launcher";
import type { TrafficResults } from "@mall/loadgenerator";
import { cpuBetween, memoryOf, readMallCost, totalOf } from "../measure/mall-cost.ts";
import type { Placement } from "../measure/processors.ts";
import { type Load, runClient } from "./client.ts";

/** What one load did to the mall. Times in milliseconds, memory in bytes. */
export interface LoadResult {
  /** "16 shoppers" or "30/s". */
  load: string;
  journeysPerSecond: number;
  failed: number;
  turnedAway: number;
  skipped: number;
  problems: TrafficResults["problems"];
  cpuPerJourneyMs: number;
  cpuPerJourneyByProcessMs: Record<string, number>;
  memoryBytes: number;
  steps: TrafficResults["steps"];
}

export async function measureLoad(mall: Mall, load: Load, placement: Placement): Promise<LoadResult> {
  const before = readMallCost(mall);
  const traffic = await runClient(load, placement);
  const after = readMallCost(mall);
  const cpu = cpuBetween(before, after);
  const journeys = Math.max(1, traffic.visits);
  return {
    load: load.shoppers === undefined ? `${(load.rate ?? 0).toFixed(0)}/s` : `${load.shoppers} shoppers`,
    journeysPerSecond: traffic.visits / traffic.seconds,
    failed: traffic.failed,
    turnedAway: traffic.turnedAway,
    skipped: traffic.skipped,
    problems: traffic.problems,
    cpuPerJourneyMs: totalOf(cpu) / journeys,
    cpuPerJourneyByProcessMs: Object.fromEntries(
      Object.entries(cpu).map(([name, spent]) => [name, spent / journeys]),
    ),
    memoryBytes: memoryOf(after),
    steps: traffic.steps,
  };
}
