import type { Mall } from "@mall/launcher";
import type { TrafficResults } from "@mall/loadgenerator";
import { cpuBetween, memoryOf, readMallCost, totalOf } from "../measure/mall-cost.ts";
import type { Placement } from "../measure/processors.ts";
import { type Load, runClient } from "./client.ts";

/** What one load did to the mall. Times in milliseconds, memory in bytes. */
export interface LoadResult {
  /** "16 shoppers" or "30/s". */
  load: string;
  journeys: number;
  journeysPerSecond: number;
  /** Aside from those who were told to come back later. */
  failed: number;
  shed: number;
  turnedAway: number;
  skipped: number;
  problems: TrafficResults["problems"];
  cpuPerJourneyMs: number;
  cpuPerJourneyByProcessMs: Record<string, number>;
  memoryBytes: number;
  every: TrafficResults["every"];
  steps: TrafficResults["steps"];
}

export async function measureLoad(mall: Mall, load: Load, placement: Placement): Promise<LoadResult> {
  const before = readMallCost(mall);
  const traffic = await runClient(load, placement);
  const after = readMallCost(mall);
  const cpu = cpuBetween(before, after);
  const served = traffic.visits - traffic.shed;
  const journeys = Math.max(1, served);
  return {
    load: load.shoppers === undefined ? `${(load.rate ?? 0).toFixed(0)}/s` : `${load.shoppers} shoppers`,
    journeys: served,
    journeysPerSecond: served / traffic.seconds,
    failed: traffic.failed - traffic.shed,
    shed: traffic.shed,
    turnedAway: traffic.turnedAway,
    skipped: traffic.skipped,
    problems: traffic.problems,
    cpuPerJourneyMs: totalOf(cpu) / journeys,
    cpuPerJourneyByProcessMs: Object.fromEntries(
      Object.entries(cpu).map(([name, spent]) => [name, spent / journeys]),
    ),
    memoryBytes: memoryOf(after),
    every: traffic.every,
    steps: traffic.steps,
  };
}
