import type { Ad } from "./ad.ts";

/** Whose turn it is: each question in a context begins one ad further on, so that all are shown equally often. */
export interface Rotation {
  /** The index of the ad to begin with. Counted per process: a fair share needs no memory across restarts. */
  next(context: string, ads: readonly Ad[]): number;
}

export function createRotation(): Rotation {
  const turns = new Map<string, number>();
  return {
    next(context, ads) {
      const turn = turns.get(context) ?? 0;
      turns.set(context, (turn + 1) % ads.length);
      return turn;
    },
  };
}

/** All the ads, in a circle from the one at `start`. */
export const startingAt = (ads: readonly Ad[], start: number): Ad[] => [
  ...ads.slice(start),
  ...ads.slice(0, start),
];
