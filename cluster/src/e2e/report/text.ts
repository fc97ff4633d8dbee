import type { Outcome } from "../scenario.ts";

export function textReport(outcomes: readonly Outcome[]): string {
  const passed = outcomes.filter(({ verdict }) => verdict === "passed").length;
  const lines = outcomes.flatMap(({ scenario, broken, verdict, reason, seconds, figures }) => [
    `${verdict === "passed" ? "✓" : "✗"} ${scenario.name} (${seconds.toFixed(0)} s): ${scenario.title}`,
    ...(broken ? [`    broken on purpose: ${broken.title}`] : []),
    ...(reason === "" ? [] : [`    ${reason}`]),
    ...Object.entries(figures).map(([name, value]) => `    ${name}: ${value}`),
  ]);
  return `${[...lines, "", `${passed} passed, ${outcomes.length - passed} failed`].join("\n")}\n`;
}
