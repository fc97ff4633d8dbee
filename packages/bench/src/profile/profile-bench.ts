import type { Profiler } from "node:inspector";
import { projectRoot, startBenchMall } from "../journey/bench-mall.ts";
import { measureLoad } from "../journey/measure-load.ts";
import type { Tracing } from "../journey/tracing.ts";
import { placeProcesses } from "../measure/processors.ts";
import { type Sampled, sumUp } from "./call-tree.ts";
import { attachInspector, inspectable } from "./inspector.ts";
import { createSourceNames } from "./source-names.ts";

export interface ProfilePlan {
  /** Names of services; they are profiled at the same time. */
  services: readonly string[];
  shoppers: number;
  seconds: number;
  tracing: Tracing;
  stateDir: string;
  onProgress: (line: string) => void;
}

export interface ServiceProfile extends Sampled {
  service: string;
  journeys: number;
  /** Milliseconds of processor time, by the operating system's count; the sampling's own cost included. */
  cpuPerJourneyMs: number;
  /** As V8 gave it: for DevTools, speedscope, and whoever else reads `.cpuprofile`. */
  raw: Profiler.Profile;
}

const WARM_UP_SECONDS = 8;
/** Microseconds between two samples. */
const INTERVAL_US = 500;

/** Profiles services while shoppers buy, after a while in which V8 compiles what is hot. @throws {Error} for an unknown service */
export async function profileServices(plan: ProfilePlan): Promise<ServiceProfile[]> {
  const placement = placeProcesses();
  placement.enterMall();
  const { mall, storefront } = await startBenchMall(plan.stateDir, placement, plan.tracing, {
    env: { NODE_OPTIONS: inspectable },
  });
  try {
    const services = plan.services.map((name) => {
      const service = mall.services[name];
      if (service) return service;
      throw new Error(`There is no service ${name}: choose of ${Object.keys(mall.services).join(", ")}.`);
    });
    const { shoppers } = plan;
    plan.onProgress("warming up");
    await measureLoad(mall, { url: storefront, seconds: WARM_UP_SECONDS, shoppers, seed: 2 }, placement);
    const inspectors = await Promise.all(services.map(attachInspector));
    for (const { ask } of inspectors) {
      await ask("Profiler.enable");
      await ask("Profiler.setSamplingInterval", { interval: INTERVAL_US });
      await ask("Profiler.start");
    }
    plan.onProgress(`profiling ${plan.services.join(", ")} for ${plan.seconds} s`);
    const load = { url: storefront, seconds: plan.seconds, shoppers, seed: 1 };
    const { journeys, cpuPerJourneyByProcessMs } = await measureLoad(mall, load, placement);
    const describe = createSourceNames(projectRoot);
    const profiles: ServiceProfile[] = [];
    for (const [at, { ask, close }] of inspectors.entries()) {
      const service = plan.services[at] ?? "";
      const { profile } = await ask<{ profile: Profiler.Profile }>("Profiler.stop");
      close();
      const cpuPerJourneyMs = cpuPerJourneyByProcessMs[service] ?? Number.NaN;
      profiles.push({ service, journeys, cpuPerJourneyMs, raw: profile, ...sumUp(profile, describe) });
    }
    return profiles;
  } finally {
    await mall.stop();
  }
}
