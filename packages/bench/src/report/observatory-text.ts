import { median, spread } from "../measure/statistics.ts";
import { conditions, type OrderTimes } from "../observatory/observatory-bench.ts";
import { table } from "./table.ts";

/** Medians over the rounds; the last column compares with a running observatory. */
export function observatoryText(times: readonly OrderTimes[]): string {
  const p95Of = (wanted: string): number[] =>
    times.filter(({ condition }) => condition === wanted).map(({ p95 }) => p95);
  const running = median(p95Of("running"));
  const rows = conditions.map((condition) => {
    const same = times.filter((each) => each.condition === condition);
    const { least, most } = spread(p95Of(condition));
    return [
      condition,
      String(same.reduce((sum, { orders }) => sum + orders, 0)),
      String(same.reduce((sum, { failed }) => sum + failed, 0)),
      median(same.map(({ p50 }) => p50)).toFixed(1),
      `${median(p95Of(condition)).toFixed(1)} (${least.toFixed(1)}–${most.toFixed(1)})`,
      `${(100 * (median(p95Of(condition)) / running - 1)).toFixed(1)} %`,
    ];
  });
  return table(["observatory", "orders", "failed", "p50 ms", "p95 ms", "p95 against running"], rows);
}
