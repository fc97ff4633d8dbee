import { type StepName, stepNames, UnexpectedPage } from "../scenario/browser.ts";
import { type JourneyName, journeyNames } from "../scenario/journeys.ts";

/** How long answers took that were not shed. */
export interface Timings {
  requests: number;
  /** Milliseconds. */
  p50: number;
  p95: number;
  p99: number;
}

export interface StepResult extends Timings {
  step: StepName;
}

/** How one visit went. */
export interface VisitResult {
  /** Milliseconds from the beginning of the traffic to the beginning of the visit, and from there to its end. */
  startedMs: number;
  ms: number;
  /** "shed": the shop was busy, and said when to come back. */
  outcome: "served" | "turned away" | "shed" | "failed";
}

export interface JourneyResult {
  journey: JourneyName;
  visits: number;
  failed: number;
  /** Of all visits, from 0 to 1. */
  share: number;
}

export interface TrafficResults {
  seconds: number;
  visits: number;
  failed: number;
  /** Visits that ended early because the shop said no for a good reason: sold out, or a price had changed. */
  turnedAway: number;
  /** Of the failed visits, those that the shop ended because it was busy: 503 with `Retry-After`. */
  shed: number;
  /** Visits that were due but not begun, because too many were under way. */
  skipped: number;
  /** All steps together. */
  every: Timings;
  steps: StepResult[];
  journeys: JourneyResult[];
  /** Reasons of failed visits, the most frequent first. */
  problems: { reason: string; count: number }[];
}

export type Collector = ReturnType<typeof createCollector>;

export function createCollector() {
  const start = performance.now();
  const timings = new Map<StepName, number[]>();
  const journeys = new Map<JourneyName, { visits: number; failed: number }>();
  const problems = new Map<string, number>();
  let skipped = 0;
  let turnedAway = 0;
  let shed = 0;

  return {
    answer(step: StepName, ms: number): void {
      const ofStep = timings.get(step);
      if (ofStep) ofStep.push(ms);
      else timings.set(step, [ms]);
    },
    visit(journey: JourneyName, outcome: VisitResult["outcome"], error?: unknown): void {
      const known = journeys.get(journey) ?? { visits: 0, failed: 0 };
      const isFailure = outcome === "failed" || outcome === "shed";
      journeys.set(journey, { visits: known.visits + 1, failed: known.failed + (isFailure ? 1 : 0) });
      if (outcome === "turned away") turnedAway++;
      if (outcome === "shed") shed++;
      if (isFailure) problems.set(reasonOf(error), (problems.get(reasonOf(error)) ?? 0) + 1);
    },
    skip(): void {
      skipped++;
    },
    results(): TrafficResults {
      const counted = [...journeys.values()];
      const visits = counted.reduce((sum, each) => sum + each.visits, 0);
      return {
        seconds: (performance.now() - start) / 1000,
        visits,
        failed: counted.reduce((sum, each) => sum + each.failed, 0),
        turnedAway,
        shed,
        skipped,
        every: timingsOf([...timings.values()].flat()),
        steps: stepNames.flatMap((step) => {
          const ofStep = timings.get(step);
          return ofStep ? [{ step, ...timingsOf(ofStep) }] : [];
        }),
        journeys: journeyNames.flatMap((journey) => {
          const known = journeys.get(journey);
          return known ? [{ journey, ...known, share: known.visits / visits }] : [];
        }),
        problems: [...problems]
          .map(([reason, count]) => ({ reason, count }))
          .toSorted((a, b) => b.count - a.count),
      };
    },
  };
}

function timingsOf(timings: readonly number[]): Timings {
  const sorted = timings.toSorted((a, b) => a - b);
  const quantile = (q: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
  return { requests: sorted.length, p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) };
}

const reasonOf = (error: unknown): string => {
  if (error instanceof UnexpectedPage) return error.message;
  return error instanceof Error ? `no answer: ${error.message || error.name}` : String(error);
};
