import { writeFileSync } from "node:fs";
import { faultFile } from "@mall/kit/faults";
import type { ServicePlan } from "./service-plan.ts";

/** Writes the switches for faults, all off: with some of them on, the mall would not get to its start. */
export function writeFaultFile(file: string, plans: readonly ServicePlan[]): void {
  const consumers = new Set(plans.flatMap(({ delivers }) => delivers));
  const targets = plans
    .filter(({ optional }) => !optional)
    .map(({ name, database }) => ({ name, database, consumesEvents: consumers.has(name) }));
  writeFileSync(file, `${JSON.stringify(faultFile(targets), undefined, 2)}\n`);
}
