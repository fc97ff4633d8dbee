/** What a scenario finds is not as it should be. */
class Unexpected extends Error {
  override readonly name = "Unexpected";
}

/** @param what as a sentence: "the stable version serves again" */
export function expect(condition: boolean, what: string): void {
  if (!condition) throw new Unexpected(`Not so: ${what}.`);
}
