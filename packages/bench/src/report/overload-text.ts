import { median } from "../measure/statistics.ts";
import type { OverloadResults } from "../overload/overload-bench.ts";
import { overloadVerdicts } from "../overload/overload-verdicts.ts";
import { table } from "./table.ts";
import { verdictLines } from "./verdict.ts";

/** What became of the shoppers, how long the steps took that were answered, and whether promises were kept. */
export function overloadText(results: OverloadResults): string {
  const { rounds, placement, factor } = results;
  const outcomes = rounds.map(({ peak, goodput, overload, recoveredAfterMs }, at) => [
    String(at + 1),
    peak.toFixed(1),
    (overload.visits / overload.seconds).toFixed(0),
    goodput.toFixed(1),
    String(overload.shed),
    String(overload.failed - overload.shed),
    String(overload.skipped),
    `${(recoveredAfterMs / 1_000).toFixed(1)} s`,
  ]);
  const names = rounds[0]?.unloaded.steps.map(({ step }) => step) ?? [];
  const steps = names.map((name) => {
    const p95 = (which: "unloaded" | "overload"): number =>
      median(rounds.map((round) => round[which].steps.find(({ step }) => step === name)?.p95 ?? Number.NaN));
    return [
      name,
      p95("unloaded").toFixed(0),
      p95("overload").toFixed(0),
      `${(p95("overload") / p95("unloaded")).toFixed(1)}x`,
    ];
  });
  return [
    `${factor} times the peak; ${placement}.`,
    table(
      ["round", "peak/s", "offered/s", "orders/s", "told later", "failed", "not sent", "recovery"],
      outcomes,
    ),
    table(["p95 ms of what was answered", "one shopper", "overload", ""], steps),
    ...problemsOf(results),
    verdictLines(overloadVerdicts(results)),
  ].join("\n\n");
}

function problemsOf({ rounds }: OverloadResults): string[] {
  const lines = rounds
    .flatMap(({ overload }) => overload.problems)
    .slice(0, 12)
    .map(({ reason, count }) => `${count} × ${reason}`);
  return lines.length > 0 ? [`What those heard who got no order:\n${lines.join("\n")}`] : [];
}
