import { median } from "@mall/bench";
import type { ChaosReport } from "./chaos.ts";
import { damages, inSeconds } from "./plan.ts";

const MOST_FINDINGS = 20;

/** The report as text: what happened, what people saw, what the books say. */
export function chaosText(report: ChaosReport): string {
  const { blows, placed, acknowledged, confirmed, cancelled, findings, answers, seed, seconds } = report;
  const byDamage = damages.flatMap((damage) => {
    const of = blows.filter(({ blow }) => blow.damage === damage);
    if (of.length === 0) return [];
    const recovered = of.map(({ recoveredAfterMs }) => recoveredAfterMs ?? Number.POSITIVE_INFINITY);
    const failed = sum(of.map((each) => each.failed));
    return [
      `  ${damage.padEnd(9)} ${String(of.length).padStart(3)} times: ${share(failed, sum(of.map((each) => each.answers)))} of answers failed meanwhile, well again after ${inSeconds(median(recovered))} (at most ${inSeconds(Math.max(...recovered))})`,
    ];
  });
  const shown = findings.slice(0, MOST_FINDINGS);
  return [
    `Seed ${seed}: ${blows.length} blows in ${seconds.toFixed(0)} s.`,
    ...byDamage,
    `${placed} orders placed, ${acknowledged} acknowledged; ${confirmed} confirmed, ${cancelled} cancelled.`,
    ...answers.map(
      ({ who, answers: all, failed }) => `  ${who}: ${all} answers, ${share(failed, all)} failed`,
    ),
    findings.length === 0
      ? "The books agree: nothing lost, nothing doubled, nobody overcharged, stock exact."
      : `The books disagree (${findings.length}):`,
    ...shown.map((finding) => `  ${finding}`),
    ...(findings.length > shown.length ? [`  … and ${findings.length - shown.length} more`] : []),
  ].join("\n");
}

const share = (part: number, whole: number): string =>
  whole === 0 ? "none" : `${((100 * part) / whole).toFixed(1)} %`;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
