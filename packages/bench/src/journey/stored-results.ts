import { readFileSync } from "node:fs";
import { z } from "zod";
import type { JourneyResults } from "./journey-bench.ts";

const number = z.number().nullable(); // JSON has no NaN

const load = z.looseObject({
  load: z.string(),
  journeysPerSecond: z.number(),
  cpuPerJourneyMs: z.number(),
  steps: z.array(z.looseObject({ step: z.string(), p95: z.number() })),
});
const stored = z.object({
  placement: z.string(),
  rounds: z
    .array(
      z.looseObject({
        tracing: z.string(),
        firstOrderMs: z.number(),
        idleMemoryBytes: z.number(),
        closed: z.array(load),
        open: z.array(load),
        spansPerJourney: number,
      }),
    )
    .min(1),
});

/** Reads what `--json` has written. @throws {Error} when the file is something else */
export function readResults(file: string): JourneyResults {
  const parsed = stored.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (parsed.success) return parsed.data as unknown as JourneyResults;
  throw new Error(`${file} holds no results of a journey: write them with --json.`);
}
