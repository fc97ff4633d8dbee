import type { Mall } from "@mall/launcher";
import { startBenchMall } from "../journey/bench-mall.ts";
import { runClient } from "../journey/client.ts";
import { placeProcesses } from "../measure/processors.ts";

/** What is done to the observatory while shoppers buy. */
export const conditions = ["running", "killed", "hung"] as const;
export type Condition = (typeof conditions)[number];

export interface ObservatoryPlan {
  rounds: number;
  /** Of each condition in each round. */
  seconds: number;
  /** Journeys begun per second: an open loop, so that a slow answer does not ask for less. */
  rate: number;
  stateDir: string;
  onProgress: (line: string) => void;
}

/** Milliseconds until an order was placed. */
export interface OrderTimes {
  condition: Condition;
  orders: number;
  failed: number;
  p50: number;
  p95: number;
}

/** Whether a dead or a hung observatory slows an order: one mall, the conditions in turn, in another order each round. */
export async function benchObservatory(plan: ObservatoryPlan): Promise<OrderTimes[]> {
  const placement = placeProcesses();
  placement.enterMall();
  const { mall, storefront } = await startBenchMall(plan.stateDir, placement, "100%");
  const load = (seconds: number, seed: number) =>
    runClient({ url: storefront, rate: plan.rate, seconds, seed }, placement);
  try {
    await load(plan.seconds, 0);
    const times: OrderTimes[] = [];
    for (let round = 0; round < plan.rounds; round += 1) {
      for (const condition of rotated(conditions, round)) {
        await bringAbout(mall, condition);
        const { steps, failed } = await load(plan.seconds, round + 1);
        const placed = steps.find(({ step }) => step === "place order");
        if (!placed) throw new Error("Nobody placed an order: give more --seconds or a greater --rate.");
        times.push({ condition, orders: placed.requests, failed, p50: placed.p50, p95: placed.p95 });
        plan.onProgress(`${condition}: ${placed.requests} orders, p95 ${placed.p95.toFixed(1)} ms`);
      }
    }
    return times;
  } finally {
    mall.services["observatory"]?.kill("SIGCONT"); // what stands still does not stop
    await mall.stop();
  }
}

async function bringAbout(mall: Mall, condition: Condition): Promise<void> {
  const observatory = mall.services["observatory"];
  if (!observatory) throw new Error("The mall runs without its observatory.");
  observatory.kill("SIGCONT");
  if (condition === "killed") return observatory.stop();
  if (observatory.pid === undefined) await observatory.start();
  if (condition === "hung") observatory.kill("SIGSTOP");
}

const rotated = <T>(list: readonly T[], by: number): T[] =>
  list.map((_, at) => list[(at + by) % list.length] as T);
