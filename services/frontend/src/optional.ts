/**
 * How a part is asked for that a page can do without: once, and briefly. A retry would cost the page more than the
 * part is worth.
 */
export const optionalCall = { timeoutMs: 400, idempotent: false } as const;

/** The part, or undefined when whoever makes it fails: the page then says that it is missing. */
export async function optional<T>(part: Promise<T>): Promise<T | undefined> {
  try {
    return await part;
  } catch {
    // The client has counted the failure, and the trace shows it.
    return undefined;
  }
}
