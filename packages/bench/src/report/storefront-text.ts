import { median } from "../measure/statistics.ts";
import type { PageLoads, StorefrontResults } from "../storefront/storefront-bench.ts";
import { table } from "./table.ts";
import type { Verdict } from "./verdict.ts";

const MOST_PAINT_MS = 1_000;
const MOST_SHIFT = 0.02;
const MOST_SCRIPT_BYTES = 15_000;

/** Medians over the loads of each page, and the worst paint. */
export function storefrontText({ slowdown, pages }: StorefrontResults): string {
  const rows = pages.map(({ page, window, loads }) => {
    const medianOf = (pick: (load: PageLoads["loads"][number]) => number): number => median(loads.map(pick));
    return [
      `${page} (${window})`,
      medianOf(({ serverMs }) => serverMs).toFixed(1),
      medianOf(({ firstByteMs }) => firstByteMs).toFixed(0),
      medianOf(({ largestPaintMs }) => largestPaintMs).toFixed(0),
      worst(loads, "largestPaintMs").toFixed(0),
      worst(loads, "layoutShift").toFixed(3),
      (worst(loads, "scriptBytes") / 1_000).toFixed(1),
    ];
  });
  const head = ["page", "span ms", "first byte ms", "LCP ms", "worst LCP ms", "worst shift", "script kB"];
  return [
    `Chromium with its processor ${slowdown} times slower, its cache empty. "span" is the storefront's own time: the server's part.`,
    table(head, rows),
  ].join("\n\n");
}

export function storefrontVerdicts({ pages }: StorefrontResults): Verdict[] {
  const worstOf = (what: "largestPaintMs" | "layoutShift" | "scriptBytes"): number =>
    Math.max(...pages.map(({ loads }) => worst(loads, what)));
  const paint = worstOf("largestPaintMs");
  const shift = worstOf("layoutShift");
  const script = worstOf("scriptBytes");
  return [
    {
      text: `largest contentful paint under ${MOST_PAINT_MS} ms: ${paint.toFixed(0)} ms at the worst`,
      passed: paint < MOST_PAINT_MS,
    },
    {
      text: `layout shift under ${MOST_SHIFT}: ${shift.toFixed(3)} at the worst`,
      passed: shift < MOST_SHIFT,
    },
    {
      text: `at most ${MOST_SCRIPT_BYTES / 1_000} kB of scripts: ${(script / 1_000).toFixed(1)} kB at the most`,
      passed: script <= MOST_SCRIPT_BYTES,
    },
  ];
}

const worst = (loads: PageLoads["loads"], what: "largestPaintMs" | "layoutShift" | "scriptBytes"): number =>
  Math.max(...loads.map((load) => load[what]));
