import type { TrafficResults } from "./results.ts";

export function progressLine(results: TrafficResults, underWay: number): string {
  const { seconds, visits } = results;
  const perSecond = (visits / seconds).toFixed(1);
  const parts = [`${seconds.toFixed(0)} s`, `${visits} visits (${perSecond}/s)`, `${underWay} under way`];
  return [...parts, ...outcomes(results)].join("  ·  ");
}

/** What was not an ordinary visit; failures always, the rest only where there is any. */
const outcomes = ({ failed, turnedAway, shed, skipped }: TrafficResults): string[] => [
  `${failed} failed`,
  ...(shed > 0 ? [`${shed} of them told to come back later`] : []),
  ...(turnedAway > 0 ? [`${turnedAway} turned away`] : []),
  ...(skipped > 0 ? [`${skipped} skipped`] : []),
];

/** The whole result as text: steps with their latencies, journeys with their shares, and what went wrong. */
export function summary(results: TrafficResults): string {
  const { seconds, visits, steps, journeys, problems } = results;
  const stepRows = steps.map(({ step, requests, p50, p95, p99 }) => [
    step,
    `${requests}`,
    ms(p50),
    ms(p95),
    ms(p99),
  ]);
  const journeyRows = journeys.map((each) => [
    each.journey,
    `${each.visits}`,
    `${(each.share * 100).toFixed(1)} %`,
    `${each.failed}`,
  ]);
  return [
    [`${visits} visits in ${seconds.toFixed(1)} s`, ...outcomes(results)].join(", "),
    "",
    ...table(["step", "requests", "p50 ms", "p95 ms", "p99 ms"], stepRows),
    "",
    ...table(["journey", "visits", "share", "failed"], journeyRows),
    ...(problems.length > 0
      ? ["", ...problems.slice(0, 10).map(({ reason, count }) => `${count} × ${reason}`)]
      : []),
  ].join("\n");
}

const ms = (value: number): string => value.toFixed(1);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return [head, ...rows].map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
}
