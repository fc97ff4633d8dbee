import type { TrafficResults } from "./results.ts";

export const progressLine = (
  { seconds, visits, failed, skipped }: TrafficResults,
  underWay: number,
): string =>
  [
    `${seconds.toFixed(0)} s`,
    `${visits} visits (${(visits / seconds).toFixed(1)}/s)`,
    `${underWay} under way`,
    `${failed} failed`,
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ].join("  ·  ");

/** The whole result as text: steps with their latencies, journeys with their shares, and what went wrong. */
export function summary({
  seconds,
  visits,
  failed,
  skipped,
  steps,
  journeys,
  problems,
}: TrafficResults): string {
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
    `${visits} visits in ${seconds.toFixed(1)} s, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`,
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
