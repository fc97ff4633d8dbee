/** A /metrics page that is not in the format that it claims. */
export class ExpositionError extends Error {
  override name = "ExpositionError";
}
