import type { Scenario } from "k6/options";

/** What is set from outside, as k6's `-e NAME=value` or the container's environment. */
export type Settings = Readonly<Record<string, string | undefined>>;

/**
 * How visits are begun: SHOPPERS who come again and again (VISITS in all, when given), else STAGES such as
 * `1m:5,3m:20` (to 5 visits per second within a minute, then to 20 within three), else RATE visits per second.
 * All but VISITS and STAGES end after DURATION. Throws an Error that shows a stage it cannot read.
 */
export function loadOf(settings: Settings): Scenario {
  const { DURATION: duration = "60s", STAGES: stages = "" } = settings;
  const shoppers = Number(settings["SHOPPERS"] ?? 0);
  const visits = Number(settings["VISITS"] ?? 0);
  if (shoppers > 0)
    return visits > 0
      ? { executor: "shared-iterations", vus: shoppers, iterations: visits, maxDuration: "30m" }
      : { executor: "constant-vus", vus: shoppers, duration };
  if (stages) return rampingLoad(stages.split(",").map(stageOf));

  const rate = Number(settings["RATE"] ?? 5);
  return { executor: "constant-arrival-rate", rate, timeUnit: "1s", duration, ...virtualUsers(rate) };
}

interface Stage {
  duration: string;
  /** Visits begun per second at its end. */
  target: number;
}

function stageOf(text: string): Stage {
  const [, duration, target] = /^\s*(\d+(?:ms|s|m|h)):(\d+)\s*$/.exec(text) ?? [];
  if (!duration)
    throw new Error(`STAGES has "${text}"; write a duration and visits per second, as in 1m:5,3m:20`);
  return { duration, target: Number(target) };
}

function rampingLoad(stages: readonly Stage[]): Scenario {
  const highest = Math.max(...stages.map(({ target }) => target));
  return {
    executor: "ramping-arrival-rate",
    startRate: 0,
    timeUnit: "1s",
    stages: [...stages],
    ...virtualUsers(highest),
  };
}

/** A visit takes seconds, as its shopper reads; slow pages make it longer, and then more are needed. */
const virtualUsers = (rate: number) => ({
  preAllocatedVUs: Math.max(10, rate * 4),
  maxVUs: Math.max(50, rate * 20),
});
