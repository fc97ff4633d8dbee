/** A query that cannot be read or answered; `position` is the character, from 0, of the part that is to blame. */
export class PromqlError extends Error {
  override name = "PromqlError";
  readonly position: number;

  constructor(reason: string, position: number) {
    super(`${reason} (at character ${position + 1})`);
    this.position = position;
  }
}
