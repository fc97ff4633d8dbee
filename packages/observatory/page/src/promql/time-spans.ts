const MINUTE = 60_000;

/** How far back a plot can look: what is older than a quarter of an hour is kept once a minute, for six hours. */
export const TIME_SPANS: readonly (readonly [name: string, ms: number])[] = [
  ["5 minutes", 5 * MINUTE],
  ["15 minutes", 15 * MINUTE],
  ["1 hour", 60 * MINUTE],
  ["6 hours", 360 * MINUTE],
];

const DEFAULT_MS = 15 * MINUTE;
const POINTS = 150;
/** The scrape interval: nothing changes faster. */
const SHORTEST_STEP_MS = 2_000;

/** Of the address, where anything may stand. */
export function timeSpanOf(text: string | null): number {
  const wanted = Number(text);
  return TIME_SPANS.some(([, ms]) => ms === wanted) ? wanted : DEFAULT_MS;
}

export const stepOf = (spanMs: number): number => Math.max(SHORTEST_STEP_MS, Math.round(spanMs / POINTS));
