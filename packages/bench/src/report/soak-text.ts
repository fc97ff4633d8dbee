import type { SoakResults } from "../soak/soak-bench.ts";
import { followed, growth, soakVerdicts } from "../soak/soak-trends.ts";
import { table } from "./table.ts";
import { verdictLines } from "./verdict.ts";

/** Beginning, end and slope of everything that is followed. */
export function soakText(results: SoakResults): string {
  const { minutes, rate, client, placement } = results;
  const rows = followed(results).map((line) => [
    line.name,
    line.unit,
    line.points[0]?.[1].toFixed(0) ?? "",
    line.points.at(-1)?.[1].toFixed(0) ?? "",
    `${(60 * line.trend.slope).toFixed(1)} ± ${(60 * line.trend.error).toFixed(1)}`,
    `${(100 * growth(line, minutes)).toFixed(1)} %`,
  ]);
  return [
    `${minutes} minutes at ${rate.toFixed(1)} journeys/s: ${client.visits} journeys, ${client.turnedAway} turned away; ${placement}.`,
    table(["", "unit", "at first", "at last", "slope per hour", "gained once settled"], rows),
    verdictLines(soakVerdicts(results)),
  ].join("\n\n");
}
