import type { SampleWindow } from "./series.ts";

/** The bounds of a range selector, in milliseconds since 1970. */
export type Range = { readonly fromMs: number; readonly toMs: number };

/** What a function makes of the samples of one series; undefined when it says nothing about them. */
export type RangeFunction = (window: SampleWindow, range: Range) => number | undefined;

export const rangeFunctions: ReadonlyMap<string, RangeFunction> = new Map<string, RangeFunction>([
  ["rate", (window, range) => perSecond(extrapolated(window, range, true), range)],
  ["increase", (window, range) => extrapolated(window, range, true)],
  ["delta", (window, range) => extrapolated(window, range, false)],
  ["irate", instantRate],
  ["changes", (window) => countSteps(window, (now, before) => now !== before && !bothNaN(now, before))],
  ["resets", (window) => countSteps(window, (now, before) => now < before)],
  ["avg_over_time", (window) => sum(window) / window.length],
  ["sum_over_time", sum],
  ["min_over_time", (window) => extreme(window, (value, best) => value < best)],
  ["max_over_time", (window) => extreme(window, (value, best) => value > best)],
  ["count_over_time", (window) => window.length],
  ["last_over_time", (window) => window.value(window.length - 1)],
]);

const bothNaN = (a: number, b: number): boolean => Number.isNaN(a) && Number.isNaN(b);

function perSecond(increase: number | undefined, { fromMs, toMs }: Range): number | undefined {
  return increase === undefined ? undefined : increase / ((toMs - fromMs) / 1000);
}

/**
 * The change over the range, from the samples that lie in it: continued to the range's ends where a sample could
 * have been missed there, and never below a counter's zero. Prometheus 2.42's `extrapolatedRate`, step by step.
 */
function extrapolated(window: SampleWindow, { fromMs, toMs }: Range, isCounter: boolean): number | undefined {
  const last = window.length - 1;
  if (last < 1) return undefined;
  const change = window.value(last) - window.value(0) + (isCounter ? lostInResets(window) : 0);
  const sampled = (window.time(last) - window.time(0)) / 1000;
  const betweenSamples = sampled / last;
  const threshold = betweenSamples * 1.1;

  let toStart = (window.time(0) - fromMs) / 1000;
  const toEnd = (toMs - window.time(last)) / 1000;
  if (isCounter && change > 0 && window.value(0) >= 0)
    toStart = Math.min(toStart, sampled * (window.value(0) / change));

  const covered =
    sampled +
    (toStart < threshold ? toStart : betweenSamples / 2) +
    (toEnd < threshold ? toEnd : betweenSamples / 2);
  return change * (covered / sampled);
}

/** What the counter had reached each time that it began anew. */
function lostInResets(window: SampleWindow): number {
  const { values, length } = window;
  let lost = 0;
  let before = window.value(0);
  for (let at = 1; at < length; at++) {
    const value = values[at] ?? Number.NaN;
    if (value < before) lost += before;
    before = value;
  }
  return lost;
}

function instantRate(window: SampleWindow): number | undefined {
  const last = window.length - 1;
  if (last < 1) return undefined;
  const seconds = (window.time(last) - window.time(last - 1)) / 1000;
  if (seconds === 0) return undefined;
  const [now, before] = [window.value(last), window.value(last - 1)];
  return (now < before ? now : now - before) / seconds;
}

function countSteps(window: SampleWindow, counts: (now: number, before: number) => boolean): number {
  let steps = 0;
  for (let at = 1; at < window.length; at++) if (counts(window.value(at), window.value(at - 1))) steps++;
  return steps;
}

function sum(window: SampleWindow): number {
  let total = 0;
  for (let at = 0; at < window.length; at++) total += window.value(at);
  return total;
}

/** Like Prometheus, prefers any number to NaN. */
function extreme(window: SampleWindow, better: (value: number, best: number) => boolean): number {
  let best = window.value(0);
  for (let at = 1; at < window.length; at++) {
    const value = window.value(at);
    if (better(value, best) || Number.isNaN(best)) best = value;
  }
  return best;
}
