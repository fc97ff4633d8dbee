import { existsSync, writeFileSync } from "node:fs";
import { faultFile } from "@mall/kit/faults";
import type { ServicePlan } from "./service-plan.ts";

/** Writes the switches for faults, all off, unless they are there already: a switch stays on until it is put off. */
export function ensureFaultFile(file: string, plans: readonly ServicePlan[]): void {
  if (existsSync(file)) return;
  const consumers = new Set(plans.flatMap(({ delivers }) => delivers));
  const targets = plans
    .filter(({ optional }) => !optional)
    .map(({ name, database }) => ({ name, database, consumesEvents: consumers.has(name) }));
  writeFileSync(file, `${JSON.stringify(faultFile(targets), undefined, 2)}\n`);
}
