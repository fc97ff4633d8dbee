import type { BrokenDelivery } from "./broken-delivery.ts";
import type { World } from "./world.ts";

export interface Scenario {
  name: string;
  /** What is to be seen, in a sentence. */
  title: string;
  /** Throws an Error that says what was not as it should be. */
  run(world: World): Promise<void>;
}

/** Numbers that the report shows beside the verdict. */
export type Figures = Record<string, string>;

export interface Outcome {
  scenario: Scenario;
  /** What had been broken on purpose: it has to fail then. */
  broken?: BrokenDelivery | undefined;
  verdict: "passed" | "failed";
  /** Why it failed; empty when it passed. */
  reason: string;
  seconds: number;
  figures: Figures;
  timeline: World["timeline"];
}
