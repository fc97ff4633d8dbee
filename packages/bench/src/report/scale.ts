/** From values to places on a plot. */
export interface Scale {
  (value: number): number;
  /** Round values for the axis, ascending. */
  ticks: readonly number[];
}

/** A scale from 0, or from less when a value is below, to a round number above all values. */
export function scaleFor(values: readonly number[], [from, to]: readonly [number, number]): Scale {
  const finite = values.filter(Number.isFinite);
  const least = Math.min(0, ...finite);
  const step = roundStep((Math.max(least, ...finite) - least || 1) / 4);
  const first = Math.floor(least / step);
  const last = Math.max(first + 1, Math.ceil(Math.max(least, ...finite) / step));
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step);
  const place = (value: number): number =>
    from + ((value - first * step) / ((last - first) * step)) * (to - from);
  return Object.assign(place, { ticks });
}

/** 1, 2 or 5 times a power of ten, and not less than `step`. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const factor = [1, 2, 5, 10].find((each) => each * power >= step * 0.999) ?? 10;
  return factor * power;
}

/** Short enough for an axis. */
export const short = (value: number): string =>
  Math.abs(value) >= 10_000
    ? `${Number((value / 1_000).toPrecision(3))}k`
    : String(Number(value.toPrecision(3)));
