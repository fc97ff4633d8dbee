import type { BreakerResults } from "../breaker/breaker-bench.ts";
import { meshSettings } from "../breaker/outlier-detection.ts";
import { ejectionsWithin, shareWithEjection, shareWithoutEjection } from "../breaker/theory.ts";
import { table } from "./table.ts";

/** Retries of a call that may be repeated: the kit's client asks three times at most. */
const ATTEMPTS = 3;

export interface BreakerRow {
  what: string;
  /** From 0 to 1; NaN where theory is silent. */
  measured: number;
  theory: number;
}

type Condition = BreakerResults["conditions"][number];

/** Error shares of one condition: of the calls to cart, and of what users see. */
export function breakerRows({ ejection, counts, client }: Condition, seconds: number): BreakerRow[] {
  const call = ejection
    ? shareWithEjection(seconds * 1_000, counts.calls, meshSettings)
    : shareWithoutEjection;
  return [
    { what: "calls to cart", measured: counts.failed / counts.calls, theory: call },
    { what: "add to cart (not repeatable)", measured: failedShare(client, "add to cart"), theory: call },
    {
      what: "cart page (asked up to three times)",
      measured: failedShare(client, "cart"),
      theory: call ** ATTEMPTS,
    },
    { what: "whole journeys", measured: client.failed / client.visits, theory: Number.NaN },
  ];
}

function failedShare({ steps, problems }: Condition["client"], step: string): number {
  const requests = steps.find((each) => each.step === step)?.requests ?? 0;
  const failed = problems
    .filter(({ reason }) => reason.startsWith(`${step}: `))
    .reduce((sum, { count }) => sum + count, 0);
  return failed / requests;
}

export function breakerText({ conditions, seconds, placement }: BreakerResults): string {
  const sections = conditions.map((condition) => {
    const rows = breakerRows(condition, seconds).map(({ what, measured, theory }) => [
      what,
      percent(measured),
      percent(theory),
    ]);
    const { counts, ejection } = condition;
    const told = ejection
      ? `With ejection: put out ${counts.ejections} times (theory: ${ejectionsWithin(seconds * 1_000, meshSettings)})`
      : "Without ejection";
    return `${told}; ${counts.failed} of ${counts.calls} calls failed\n\n${table(["errors", "measured", "theory"], rows)}`;
  });
  const { consecutive5xx, baseEjectionMs, intervalMs } = meshSettings;
  return [
    `Two carts, of which one fails half of its answers, ${seconds} s each; ${placement}.`,
    `Ejection as in the mesh: after ${consecutive5xx} failures in a row, for ${baseEjectionMs / 1_000} s times the number of ejections, swept every ${intervalMs / 1_000} s.`,
    ...sections,
  ].join("\n\n");
}

const percent = (share: number): string => (Number.isNaN(share) ? "" : `${(100 * share).toFixed(2)} %`);
