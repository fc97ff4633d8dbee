/** The same numbers on every run, so that a failure can be repeated: a linear congruential generator. */
export function randomNumbers(seed: number) {
  let state = BigInt(seed);
  /** From 0 to `most`, both included. */
  const integer = (most: number): number => {
    state = (state * 6364136223846793005n + 1442695040888963407n) % 2n ** 64n;
    return Number((state >> 16n) % BigInt(most + 1));
  };
  const pick = <T>(choices: readonly T[]): T => {
    const [choice] = choices.slice(integer(choices.length - 1));
    if (choice === undefined) throw new RangeError("there is nothing to choose from");
    return choice;
  };
  return { integer, pick };
}
