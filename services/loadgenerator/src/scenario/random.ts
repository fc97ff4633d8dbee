/** Numbers that look random and come out the same for the same seed. */
export interface Random {
  /** An element of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** An integer from `least` to `most`. */
  between(least: number, most: number): number;
}

/** The mulberry32 generator (Tommy Ettinger, public domain). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  return {
    pick(list) {
      const chosen = list[Math.floor(next() * list.length)];
      if (chosen === undefined) throw new RangeError("nothing to pick from");
      return chosen;
    },
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
  };
}
