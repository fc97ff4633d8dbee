const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 4 });
const UNKNOWN = "–";
/** Beyond these, powers of ten are read more easily. */
const SMALL = 1e-4;
const TICKS = 4;

export type Scale = {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly number[];
};

/** From zero, or below it where values are, to a round number that none exceeds. */
export function scaleOf(values: Iterable<number | null>): Scale {
  let [lowest, highest] = [0, 0];
  for (const value of values) {
    if (value === null) continue;
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  if (lowest === highest) return { min: 0, max: 1, ticks: [0, 1] };
  const step = roundStep((highest - lowest) / TICKS);
  const [first, last] = [Math.floor(lowest / step), Math.ceil(highest / step)];
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step);
  return { min: first * step, max: last * step, ticks };
}

export function formatValue(value: number | null): string {
  if (value === null) return UNKNOWN;
  return value !== 0 && Math.abs(value) < SMALL ? value.toExponential(2) : compact.format(value);
}

/** The smallest of 1, 2, 2.5, 5, 10 times a power of ten that is not smaller. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const factor = [1, 2, 2.5, 5].find((candidate) => candidate * power >= step * (1 - 1e-9)) ?? 10;
  return factor * power;
}
