import type { TrafficResults } from "./node/results.ts";
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
  return {
    seconds: state.testRunDurationMs / 1000,
    visits,
    failed: value("journeys_failed", "count"),
    turnedAway: value("turned_away", "count"),
    skipped: value("dropped_iterations", "count"),
    steps: stepNames.flatMap((step) => {
      const of = `http_req_duration{name:${step}}`;
      const requests = value(of, "count");
      return requests === 0
        ? []
        : [{ step, requests, p50: value(of, "med"), p95: value(of, "p(95)"), p99: value(of, "p(99)") }];
    }),
    journeys: journeyNames.flatMap((journey) => {
      const count = value(`journeys{journey:${journey}}`, "count");
      const failed = value(`journeys_failed{journey:${journey}}`, "count");
      return count === 0 ? [] : [{ journey, visits: count, failed, share: count / visits }];
    }),
    problems: [],
  };
}
