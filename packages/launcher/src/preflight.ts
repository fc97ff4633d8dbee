import { existsSync } from "node:fs";
import { LaunchError } from "./launch-error.ts";
import { describePortOwner } from "./port-owner.ts";
import { isPortFree } from "./ports.ts";
import type { ServicePlan } from "./service-plan.ts";

export interface PortNeed {
  port: number;
  /** As it is to be called in a sentence. */
  owner: string;
  advice: string;
}

/** Throws LaunchError for the first service that has not been compiled. */
export function checkBuilt(plans: readonly ServicePlan[]): void {
  const missing = plans.find(({ main }) => !existsSync(main));
  if (missing) {
    throw new LaunchError(`${missing.name} is not built (no ${missing.main}): run \`npm run build\` first.`);
  }
}

/**
 * Throws LaunchError for the first port that somebody else listens on. What a crashed launcher left behind is ending
 * by itself, so its ports are given `patienceMs`.
 */
export async function checkPortsFree(needs: readonly PortNeed[], patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (const { port, owner, advice } of needs) {
    while (!(await isPortFree(port))) {
      if (Date.now() >= deadline) {
        const holder = describePortOwner(port) ?? "another program";
        throw new LaunchError(
          `Port ${port}, which ${owner} needs, is taken by ${holder}: end it, or ${advice}.`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
