import type { Timings, TrafficResults } from "./node/results.ts";
import { stepNames } from "./scenario/browser.ts";
import { journeyNames } from "./scenario/journeys.ts";

/** What k6 hands to `handleSummary`, as far as it is used: the values of each metric, by name and tag. */
export interface SummaryData {
  metrics: Record<string, { values: Record<string, number> } | undefined>;
  state: { testRunDurationMs: number };
}

/** k6's numbers in the form of the Node runner's. */
export function toResults({ metrics, state }: SummaryData): TrafficResults {
  const value = (metric: string, name: string): number => metrics[metric]?.values[name] ?? 0;
  const visits = value("journeys", "count");
  const timings = (metric: string): Timings => ({
    requests: value(metric, "count"),
    p50: value(metric, "med"),
    p95: value(metric, "p(95)"),
    p99: value(metric, "p(99)"),
  });
  return {
    seconds: state.testRunDurationMs / 1000,
    visits,
    failed: value("journeys_failed", "count"),
    turnedAway: value("turned_away", "count"),
    shed: 0, // k6 counts them among the failed, and does not tell them apart
    skipped: value("dropped_iterations", "count"),
    every: timings("http_req_duration"),
    steps: stepNames
      .map((step) => ({ step, ...timings(`http_req_duration{name:${step}}`) }))
      .filter(({ requests }) => requests > 0),
    journeys: journeyNames.flatMap((journey) => {
      const count = value(`journeys{journey:${journey}}`, "count");
      const failed = value(`journeys_failed{journey:${journey}}`, "count");
      return count === 0 ? [] : [{ journey, visits: count, failed, share: count / visits }];
    }),
    problems: [],
  };
}
